/**
 * The manage page, opened by the link of the mails. Showing changes nothing: only a button acts.
 */

import { call } from "./api.js";
import { lifePhrase } from "./deposit-phrases.js";
import { byId, copyOf, fill, focusOn, keepAddress, make } from "./dom.js";
import { showTwins } from "./duplicates.js";
import { openFirmForm } from "./firm-form.js";
import { openLink } from "./link.js";
import { perform, showAlert, showRefusal } from "./messages.js";
import { offerCard, openOpcoPanel, openPanel } from "./offer-card.js";
import { closeOfferForm, openOfferForm, showStale } from "./offer-form.js";
import { MAX_OPENINGS, oneOpeningMore, withTyped } from "./payload.js";
import { spokenPhone } from "./phrases.js";
import { spaced } from "./siret.js";
import { tabStore } from "./store.js";
import { submissionDone, submissionId } from "./submission.js";

// What the buttons of the mails ask to open.
const PANELS = {
  prolonger: "extend",
  poste: "openings",
  pourvue: "filled",
  cloturer: "cancelled",
};
const STALE = "Cette offre a été modifiée entre-temps";
const STALE_TEXT =
  "La voici telle qu’elle est maintenant. Rien d’autre n’a changé\u00a0: vérifiez, puis recommencez.";

const EXTEND = {
  method: "POST",
  suffix: "/extension",
  words: "Prolongation…",
  done: "Offre prolongée",
};
const ADD_OPENING = { method: "PUT", suffix: "", words: "Ajout…", done: "Un poste ajouté" };
const CLOSE = { method: "POST", suffix: "/closure", words: "Clôture…", done: "Offre clôturée" };
const CORRECTED = "C’est enregistré";
const CORRECTED_TEXT = "Vos offres en ligne montrent ce nom et cette adresse.";
const NOTED = [
  "success",
  "C’est noté",
  "Nous en tenons compte pour informer votre OPCO de vos besoins.",
];
const STALE_PAGE = [
  "warning",
  "Vos informations ont été modifiées entre-temps",
  "Les voici telles qu’elles sont maintenant\u00a0: vérifiez, puis recommencez.",
];

const store = tabStore();
let token = "";
let recruiter = null;
let choices = []; // OPCOs to choose from
let offers = [];

const actions = {
  edit: (offer) => openEdit(offer),
  again: (offer) => openDeposit({ ...offer, start_on: null }),
  extend: (offer, button, from) => act(offer, button, EXTEND, from),
  addOpening: (offer, button, from) =>
    act(offer, button, { ...ADD_OPENING, body: oneOpeningMore(offer) }, from),
  close: (offer, closure, button) => act(offer, button, { ...CLOSE, body: closure }),
  opco: openOpco,
};

function change(method, { id, version }, suffix, body) {
  return call(method, `/manage/offers/${encodeURIComponent(id)}${suffix}`, {
    token,
    body: { version, ...body },
  });
}

/**
 * Do to an offer what a button says: of its card, or of the panel above the form (`from`). What went
 * well is said in its card.
 */
function act(offer, button, { method, suffix, body, words, done }, from = {}) {
  const { place = () => noticeOf(offer), showDone = show } = from;
  return perform(button, words, place, async (retry) => {
    const result = await change(method, offer, suffix, body);
    if (result.ok) return showDone(result.data, done);
    if (result.current) return showCurrent(result.current);
    return refusedLink(result) || showRefusal(place(), result, retry);
  });
}

function openOpco(offer) {
  const said = { choices, claim: recruiter.opco_claim };
  openOpcoPanel(byId(`offre-${offer.id}`), offer, said, (opco, button) =>
    perform(
      button,
      "Enregistrement…",
      () => noticeOf(offer),
      async (retry) => {
        const body = { version: recruiter.version, opco };
        const result = await call("PUT", "/manage/opco", { token, body });
        const page = result.ok ? result.data : result.current;
        if (!page) return refusedLink(result) || showRefusal(noticeOf(offer), result, retry);
        showPage(page);
        const [kind, title, text] = result.ok ? NOTED : STALE_PAGE;
        return showAlert(noticeOf(offer), kind, title, make("p", {}, text));
      },
    ),
  );
}

function openEdit(offer, values = offer) {
  let { version } = offer;
  openOfferForm({
    title: `Modifier l’offre «\u00a0${offer.metier.label}\u00a0»`,
    button: "Enregistrer les modifications",
    values,
    recordedStart: offer.start_on,
    send: (body) => change("PUT", { id: offer.id, version }, "", body),
    done: (edited) => showAfterForm(edited, "Offre modifiée"),
    refused(result) {
      if (!result.current) return refusedLink(result);
      version = result.current.version; // the next attempt replaces what is now shown
      update(result.current);
      showStale(result.current);
      return true;
    },
  });
}

function openDeposit(values) {
  openOfferForm({
    title: "Déposer un autre besoin",
    button: "Déposer ce besoin",
    values,
    send: (body, duplicates) =>
      call("POST", `/recruiters/${encodeURIComponent(recruiter.id)}/offers`, {
        token,
        body: { submission_id: submissionId(body, store), ...body, duplicates },
      }),
    done(offer) {
      showAfterForm(offer, "Besoin déposé");
      // Last: had the above failed, trying again must not deposit twice.
      submissionDone(store);
    },
    refused(result, draft, accept) {
      if (result.code !== "duplicate") return refusedLink(result);
      ask(result.current.offers, draft, accept);
      return true;
    },
  });
}

// Whatever is chosen, the form stays as it is until it is done.
function ask(twins, draft, accept) {
  for (const { offer } of twins) if (offer) update(offer); // another tab may have added it
  const place = () => byId("summary");
  const from = { place, showDone: showAfterForm };
  showTwins(place(), twins, {
    sought: { siret: recruiter.siret, metier: draft.metier.code },
    accept,
    actions: {
      edit: (offer) => openEdit(offer, withTyped(offer, draft)),
      extend: (offer, button) => actions.extend(offer, button, from),
      addOpening: (offer, button) => actions.addOpening(offer, button, from),
    },
  });
}

function showAfterForm(offer, title) {
  update(offer); // before the form goes: should it fail, that is said in the form
  closeOfferForm();
  announce(offer, title);
}

/** Show an offer as the server has just given it, and say in its card what was done. */
function show(offer, title) {
  update(offer);
  announce(offer, title);
}

function announce(offer, title) {
  showAlert(noticeOf(offer), "success", title, make("p", {}, lifePhrase(offer)));
}

function showCurrent(offer) {
  update(offer);
  showAlert(noticeOf(offer), "warning", STALE, make("p", {}, STALE_TEXT));
}

function update(offer) {
  const known = offers.some(({ id }) => id === offer.id);
  offers = known
    ? offers.map((other) => (other.id === offer.id ? offer : other))
    : [offer, ...offers];
  showOffers();
}

function noticeOf({ id }) {
  return byId(`offre-${id}-notice`);
}

function showOffers() {
  const firm = { verification: recruiter.verification, choices };
  const cards = offers.map((offer) => offerCard(offer, firm, actions));
  byId("offers").replaceChildren(...cards);
  const several = `Mes offres (${offers.length})`;
  byId("offers-title").textContent =
    ["Aucune offre pour l’instant", "Mon offre"][offers.length] ?? several;
}

function openFirm() {
  openFirmForm(recruiter, {
    send: (body) => call("PUT", "/manage/firm", { token, body }),
    refused: refusedLink,
    done(corrected) {
      recruiter = corrected;
      showRecruiter();
      showAlert(byId("recruiter-notice"), "success", CORRECTED, make("p", {}, CORRECTED_TEXT));
    },
  });
}

function showRecruiter() {
  const { contact, address, company_name: name, siret, verification } = recruiter;
  fill(byId("recruiter"), {
    company: name ?? "Votre entreprise",
    siret: spaced(siret),
    address: address?.label ?? "",
    contact: contact.name,
    email: contact.email,
    phone: spokenPhone(contact.phone),
  });
  byId("to-verify").hidden = verification !== "to_verify";
  byId("refused").hidden = verification !== "refused";
}

function showPage(page) {
  ({ recruiter, offers, opco_choices: choices = [] } = page);
  showRecruiter();
  showOffers();
}

function open(page, opener) {
  token = opener;
  showPage(page);
  byId("page-notice").replaceChildren();
  byId("account").hidden = false;
  return openAsked();
}

// The query says what the mail's button is about; it is then dropped, so that a reload does not
// open it again.
function openAsked() {
  const query = new URLSearchParams(location.search);
  history.replaceState(null, "", `${location.pathname}${location.hash}`);
  if (query.get("action") === "ajouter") return openDeposit();
  const offer = offers.find(({ id }) => id === query.get("offre"));
  if (!offer) return null;
  const card = byId(`offre-${offer.id}`);
  const action = query.get("action");
  const full = action === "poste" && offer.openings >= MAX_OPENINGS;
  if (offer.state === "live" && action === "modifier") return openEdit(offer);
  if (offer.state !== "live" || full || !PANELS[action]) return focusOn(card.querySelector("h3"));
  return openPanel(card, offer, PANELS[action], actions);
}

function refusedLink({ status }) {
  if (status === 401) refuse("link-invalid");
  return status === 401;
}

function refuse(template) {
  byId("page").replaceChildren(copyOf(template));
  focusOn(byId("page").querySelector("h2"));
}

keepAddress();
byId("correct-firm").addEventListener("click", openFirm);
byId("add-offer").addEventListener("click", () => openDeposit());
addEventListener("hashchange", () => location.reload()); // another link pasted in the same tab
openLink("/manage", { show: open, refuse });
