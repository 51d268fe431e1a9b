/**
 * The manage page, opened by the link of the mails. Showing changes nothing: only a button acts.
 */

import { byId, fill, focusOn, keepAddress, make } from "./dom.js";
import { draftsOf } from "./draft.js";
import { openFirmForm } from "./firm-form.js";
import { standsPhrase } from "./life.js";
import { openLink } from "./link.js";
import { holder, newEmailPhrase, openAccountPanel, openContact, openEmployer, wireAccount } from "./manage-account.js";
import { actions, openDeposit, openEdit, reopenForm, shown } from "./manage-offers.js";
import { ask, page } from "./manage-page.js";
import { showAlert } from "./messages.js";
import { noticeOf, showOffers } from "./offer-list.js";
import { mayOpen, openPanel } from "./offer-panels.js";
import { spokenPhone } from "./phrases.js";
import { spaced } from "./siret.js";

// What the buttons of the mails ask to open.
const PANELS = {
  reactiver: "reactivate",
  prolonger: "extend",
  poste: "openings",
  pourvue: "filled",
  cloturer: "cancelled",
};
const ACCOUNT_PANELS = { garder: "keep", renouveler: "renew" };
// The forms above the offers, by the names of their drafts.
const FORMS = { firm: openFirm, contact: openContact, employer: openEmployer };
const UNKNOWN = "Cette offre n’est pas ici";
const UNKNOWN_TEXT =
  "Le bouton de l’e-mail parle d’une offre que cette page ne contient pas, ou plus. Voici celles qui y sont.";
const CORRECTED = "C’est enregistré";
const CORRECTED_TEXT = "Vos offres en ligne montrent ce nom et cette adresse.";

function openFirm() {
  openFirmForm(page.recruiter, {
    send: (body) => ask("PUT", "/manage/firm", body),
    elsewhere: showPage,
    done(corrected) {
      showPage(corrected); // its offers moved too
      showAlert(byId("recruiter-notice"), "success", CORRECTED, make("p", {}, CORRECTED_TEXT));
    },
  });
}

function showRecruiter() {
  const { contact, address, company_name: name, siret, verification } = page.recruiter;
  fill(byId("recruiter"), {
    company: name ?? "Votre entreprise",
    siret: spaced(siret),
    address: address?.label ?? "",
    contact: contact.name,
    email: contact.email,
    phone: spokenPhone(contact.phone),
    "new-email": newEmailPhrase(page.recruiter.new_email),
  });
  showBehalf(page.recruiter.behalf);
  byId("to-verify").hidden = verification !== "to_verify";
  byId("refused").hidden = verification !== "refused";
}

/** Whoever deposits for a firm is not whom candidates call. */
function showBehalf(behalf) {
  byId("behalf").hidden = !behalf;
  byId("phone-shown").textContent = behalf ? "(jamais montré)" : "(montré aux candidats)";
  byId("edit-employer").closest("li").hidden = !behalf || behalf.own_word;
  byId("own-word").hidden = !behalf?.own_word;
  if (!behalf) return;
  fill(byId("behalf"), {
    organisation: behalf.organisation,
    employer: behalf.employer.name,
    "employer-phone": spokenPhone(behalf.employer.phone),
    "employer-email": behalf.employer.email,
  });
}

function showPage({ recruiter, limits, offers, opco_choices: choices = [], mail_stopped: stopped }) {
  Object.assign(page, { recruiter, limits, offers, choices });
  byId("mail-stopped").hidden = !stopped;
  showRecruiter();
  showOffers();
}

function open(opened, token) {
  page.token = token;
  page.drafts = draftsOf("manage", opened.recruiter.id);
  showPage(opened);
  byId("page-notice").replaceChildren();
  byId("account").hidden = false;
  page.drafts.names().forEach(reopen);
  return openAsked();
}

/** Open what was being typed when the page was left; its card has opened a panel by itself. */
function reopen(name) {
  const panel = document.getElementById(name)?.querySelector("[data-notice] h4");
  if (FORMS[name]) return FORMS[name]();
  if (!panel) return reopenForm(name);
  const fold = panel.closest("details");
  if (fold) fold.open = true;
  return focusOn(panel);
}

// The query says what the mail's button is about; it is then dropped, so that a reload does not
// open it again.
function openAsked() {
  const query = new URLSearchParams(location.search);
  history.replaceState(null, "", `${location.pathname}${location.hash}`);
  if (query.get("action") === "ajouter") return openDeposit();
  const kind = ACCOUNT_PANELS[query.get("action")];
  if (kind) return openAccountPanel(kind);
  const offer = page.offers.find(({ id }) => id === query.get("offre"));
  if (!offer) return query.has("offre") ? sayUnknown() : null;
  const card = byId(`offre-${offer.id}`);
  const fold = card.closest("details");
  if (fold) fold.open = true;
  const action = query.get("action");
  if (action === "modifier" && offer.state === "live") return openEdit(offer);
  if (mayOpen(offer, PANELS[action], actions))
    return openPanel(card, offer, PANELS[action], actions);
  if (action !== "modifier" && !PANELS[action]) return focusOn(card.querySelector("h3"));
  const { title, text } = standsPhrase(offer, page.limits);
  return showAlert(noticeOf(offer), "warning", title, make("p", {}, text));
}

function sayUnknown() {
  return showAlert(byId("page-notice"), "warning", UNKNOWN, make("p", {}, UNKNOWN_TEXT));
}

keepAddress();
byId("correct-firm").addEventListener("click", openFirm);
byId("add-offer").addEventListener("click", () => openDeposit());
shown.again = showPage;
Object.assign(holder, { changed: showRecruiter, moved: showPage });
wireAccount();
openLink("/manage", open);
