/**
 * What was deposited on a firm's behalf, for the firm; opened by the link of its mail. Showing
 * changes nothing: only a press acts.
 */

import { call } from "./api.js";
import { byId, copyOf, fill, focusOn, keepAddress, make, terms } from "./dom.js";
import { draftsOf, keepTyped, sayBegun } from "./draft.js";
import { ROLES, answerBadge, changedPhrase, depositorFacts, standing } from "./employer-phrases.js";
import { wireRights } from "./employer-rights.js";
import { openLink, refusedLink } from "./link.js";
import { hushErrors, hushOnInput, perform, showAlert, showRefusal } from "./messages.js";
import { needFacts, spokenPhone } from "./phrases.js";
import { spaced } from "./siret.js";

const DONE = {
  confirmation: "C’est noté\u00a0: l’offre est confirmée",
  correction: "C’est enregistré",
  removal: "L’offre est retirée",
};
const TOLD = {
  confirmation: "L’organisme qui l’a déposée le verra.",
  correction: "L’organisme qui a déposé l’offre en est informé.",
  removal: "L’organisme qui l’a déposée en est informé.",
};
const CALLED = ["name", "phone", "email"];
const MOVED = "Un nouveau lien a été envoyé à cette adresse. Celui de cette page ne marche plus.";
const STALE = "Cette offre a été modifiée entre-temps";
const STALE_TEXT = "La voici telle qu’elle est maintenant\u00a0: vérifiez, puis recommencez.";
const STALE_KEPT =
  "Elle est montrée plus haut telle qu’elle est maintenant. Ce que vous avez tapé est conservé, mais pas enregistré.";

const ONLINE = "Elle sera retirée des sites. ";

const page = { token: "", view: null, drafts: null };

function send(offer, gesture, button, said = {}) {
  const place = () => noticeOf(offer);
  return perform(button, "Envoi…", place, async (retry) => {
    const path = `/employer/offers/${encodeURIComponent(offer.id)}/${gesture}`;
    const body = { version: offer.version, ...said };
    const result = await call("POST", path, { token: page.token, body });
    if (result.ok) {
      page.drafts.drop(offer.id);
      return done(offer, gesture, result.data);
    }
    if (result.current) return stale(offer, result.current);
    return refusedLink(result) || showRefusal(refusalPlace(offer, result), result, retry);
  });
}

function done(offer, gesture, fresh) {
  const moved = fresh.contact.email !== page.view.contact.email;
  show(fresh);
  const texts = [TOLD[gesture], ...(moved ? [MOVED] : [])];
  showAlert(noticeOf(offer), "success", DONE[gesture], ...texts.map((text) => make("p", {}, text)));
}

// What was typed stays, to be sent again on what is now recorded.
function stale({ id }, fresh) {
  show(fresh);
  const offer = page.view.offers.find((other) => other.id === id);
  const draft = offer.state === "live" && page.drafts.get(id);
  if (!draft) return showAlert(noticeOf(offer), "warning", STALE, make("p", {}, STALE_TEXT));
  page.drafts.set(id, { ...draft, version: offer.version });
  openCorrection(offer);
  return showAlert(byId("summary"), "warning", STALE, make("p", {}, STALE_KEPT));
}

/** Beside its field when one is refused, so that what was typed stays. */
function refusalPlace(offer, { errors = [] }) {
  return (errors.length > 0 && document.getElementById("summary")) || noticeOf(offer);
}

/** Only one panel is open: its fields have ids. */
function openPanel(offer, gesture) {
  for (const other of document.querySelectorAll("[data-notice]")) other.replaceChildren();
  const panel = fill(copyOf(`${gesture}-panel`), {
    name: offer.metier.label,
    online: offer.state === "live" ? ONLINE : "",
  });
  panel.querySelector("[data-cancel]").addEventListener("click", () => {
    if (gesture === "correction") page.drafts.drop(offer.id);
    noticeOf(offer).replaceChildren();
    focusOn(byId(`offre-${offer.id}-title`));
  });
  noticeOf(offer).replaceChildren(panel);
  focusOn(panel.querySelector("h4"));
  return panel;
}

function openRemoval(offer) {
  const confirm = openPanel(offer, "removal").querySelector("[data-confirm]");
  confirm.addEventListener("click", () => send(offer, "removal", confirm));
}

function openCorrection(offer) {
  const form = openPanel(offer, "correction");
  const { name, phone, email } = page.view.contact;
  const recorded = { contact: { name, phone: spokenPhone(phone), email }, ...offer.need };
  const draft = page.drafts.get(offer.id);
  // A draft is of what was recorded when it was begun: a change made since is told, not replaced.
  const { version, contact, description } = draft ?? { ...recorded, version: offer.version };
  for (const field of CALLED) form.elements[`contact.${field}`].value = contact[field];
  form.elements.description.value = description ?? "";
  const kept = () => ({ version, ...typed(form.elements) });
  keepTyped(page.drafts, offer.id, form, kept, Boolean(draft));
  if (draft) sayBegun(byId("summary"));
  hushOnInput(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    hushErrors(form);
    const confirm = form.querySelector("[data-confirm]");
    send({ ...offer, version }, "correction", confirm, typed(form.elements));
  });
}

function typed(fields) {
  const contact = Object.fromEntries(
    CALLED.map((name) => [name, fields[`contact.${name}`].value]),
  );
  return { contact, description: fields.description.value || null };
}

const OPENED = { correction: openCorrection, removal: openRemoval };

function card(offer) {
  const { label, badge } = answerBadge(offer);
  const life = standing(offer);
  const changed = changedPhrase(offer);
  const made = fill(copyOf("deposited-offer"), { answer: label, title: offer.metier.label, life, changed });
  made.querySelector('[data-slot="answer"]').classList.add(badge);
  const title = made.querySelector('[data-slot="title"]');
  title.id = `offre-${offer.id}-title`;
  made.setAttribute("aria-labelledby", title.id);
  made.querySelector("[data-facts]").replaceChildren(...terms(needFacts(offer.need)));
  made.querySelector("[data-notice]").id = `offre-${offer.id}-notice`;
  for (const button of made.querySelectorAll("[data-gesture]")) {
    const { gesture } = button.dataset;
    button.closest("li").hidden = !mayDo(gesture, offer);
    button.setAttribute("aria-describedby", title.id);
    button.addEventListener("click", () =>
      OPENED[gesture] ? OPENED[gesture](offer) : send(offer, gesture, button),
    );
  }
  return made;
}

/** An offer that ended may only be removed, for good. */
function mayDo(gesture, { state, answer }) {
  if (gesture === "removal") return answer !== "removed";
  return state === "live" && !(gesture === "confirmation" && answer === "confirmed");
}

function show(fresh) {
  page.view = fresh;
  const { firm, depositor, contact, objects, offers } = fresh;
  const deposited = byId("deposited");
  byId("page-notice").replaceChildren();
  fill(deposited, {
    organisation: depositor.organisation,
    role: `, ${ROLES[depositor.role]},`,
    source: depositor.organisation,
    firm,
    contact: contact.name,
    phone: spokenPhone(contact.phone),
    email: contact.email,
  });
  byId("offers").replaceChildren(...offers.map(card));
  byId("depositor-facts").replaceChildren(...facts(depositor));
  byId("objected").hidden = !objects;
  byId("objection-offered").hidden = objects;
  byId("rights-place").replaceChildren();
  deposited.hidden = false;
}

function facts(depositor) {
  const { phone, email } = depositor.contact;
  const told = depositorFacts({ ...depositor, siret: spaced(depositor.siret) });
  return [
    ...terms(told),
    make("dt", {}, "Téléphone"),
    make("dd", {}, make("a", { href: `tel:${phone}` }, spokenPhone(phone))),
    make("dt", {}, "E-mail"),
    make("dd", {}, make("a", { href: `mailto:${email}`, class: "breakable" }, email)),
  ];
}

function noticeOf({ id }) {
  return byId(`offre-${id}-notice`);
}

function open(shown, opener) {
  page.token = opener;
  page.drafts = draftsOf("employer", shown.siret);
  show(shown);
  openAsked();
  reopen();
}

/** Open what was being typed when the page was left, if it may still be sent. */
function reopen() {
  const { offers } = page.view;
  const last = offers.find(({ id, state }) => id === page.drafts.names().pop() && state === "live");
  if (last) openCorrection(last);
}

// A mail leads here by what its reader may do with his data; a reload does not lead there again.
function openAsked() {
  const action = new URLSearchParams(location.search).get("action");
  history.replaceState(null, "", `${location.pathname}${location.hash}`);
  if (action === "droits") focusOn(byId("rights-title"));
}

keepAddress();
wireRights(page, show);
openLink("/employer", open);
