/**
 * What was deposited on a firm's behalf, for the firm; opened by the link of its mail. Showing
 * changes nothing: only a press acts.
 */

import { call } from "./api.js";
import { lifePhrase } from "./deposit-phrases.js";
import { byId, copyOf, fill, focusOn, keepAddress, make, terms } from "./dom.js";
import { ROLES, answerBadge, changedPhrase, depositorFacts } from "./employer-phrases.js";
import { openLink } from "./link.js";
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
const MOVED = "Un nouveau lien a été envoyé à cette adresse. Celui de cette page ne marche plus.";
const STALE = "Cette offre a été modifiée entre-temps";
const STALE_TEXT = "La voici telle qu’elle est maintenant\u00a0: vérifiez, puis recommencez.";

let token = "";
let view = null;

function send(offer, gesture, button, said = {}) {
  const place = () => noticeOf(offer);
  return perform(button, "Envoi…", place, async (retry) => {
    const path = `/employer/offers/${encodeURIComponent(offer.id)}/${gesture}`;
    const body = { version: offer.version, ...said };
    const result = await call("POST", path, { token, body });
    if (result.ok) return done(offer, gesture, result.data);
    if (result.current) return stale(offer, result.current);
    return refusedLink(result) || showRefusal(refusalPlace(offer, result), result, retry);
  });
}

function done(offer, gesture, fresh) {
  const moved = fresh.contact.email !== view.contact.email;
  show(fresh);
  const texts = [TOLD[gesture], ...(moved ? [MOVED] : [])];
  showAlert(noticeOf(offer), "success", DONE[gesture], ...texts.map((text) => make("p", {}, text)));
}

function stale(offer, fresh) {
  show(fresh);
  showAlert(noticeOf(offer), "warning", STALE, make("p", {}, STALE_TEXT));
}

/** Beside its field when one is refused, so that what was typed stays. */
function refusalPlace(offer, { errors = [] }) {
  return (errors.length > 0 && document.getElementById("summary")) || noticeOf(offer);
}

function refusedLink({ status }) {
  if (status === 401) refuse("link-invalid");
  return status === 401;
}

function refuse(template) {
  byId("page").replaceChildren(copyOf(template));
  focusOn(byId("page").querySelector("h2"));
}

/** Only one panel is open: its fields have ids. */
function openPanel(offer, gesture) {
  for (const other of document.querySelectorAll("[data-notice]")) other.replaceChildren();
  const panel = fill(copyOf(`${gesture}-panel`), { name: offer.metier.label });
  panel.querySelector("[data-cancel]").addEventListener("click", () => {
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
  const { name, phone, email } = view.contact;
  const known = { "contact.name": name, "contact.phone": spokenPhone(phone), "contact.email": email };
  for (const [field, value] of Object.entries(known)) form.elements[field].value = value;
  form.elements.description.value = offer.need.description ?? "";
  hushOnInput(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    hushErrors(form);
    send(offer, "correction", form.querySelector("[data-confirm]"), typed(form.elements));
  });
}

function typed(fields) {
  const contact = Object.fromEntries(
    ["name", "phone", "email"].map((name) => [name, fields[`contact.${name}`].value]),
  );
  return { contact, description: fields.description.value || null };
}

const OPENED = { correction: openCorrection, removal: openRemoval };

function card(offer) {
  const { label, badge } = answerBadge(offer);
  const life = lifePhrase(offer);
  const changed = changedPhrase(offer);
  const made = fill(copyOf("deposited-offer"), { answer: label, title: offer.metier.label, life, changed });
  made.querySelector('[data-slot="answer"]').classList.add(badge);
  const title = made.querySelector('[data-slot="title"]');
  title.id = `offre-${offer.id}-title`;
  made.setAttribute("aria-labelledby", title.id);
  made.querySelector("[data-facts]").replaceChildren(...terms(needFacts(offer.need)));
  made.querySelector("[data-notice]").id = `offre-${offer.id}-notice`;
  if (offer.state !== "live") made.querySelector("[data-buttons]").remove();
  for (const button of made.querySelectorAll("[data-gesture]")) {
    const { gesture } = button.dataset;
    button.closest("li").hidden = gesture === "confirmation" && offer.answer === "confirmed";
    button.setAttribute("aria-describedby", title.id);
    button.addEventListener("click", () =>
      OPENED[gesture] ? OPENED[gesture](offer) : send(offer, gesture, button),
    );
  }
  return made;
}

function show(fresh) {
  view = fresh;
  const { firm, depositor, contact } = view;
  const page = byId("deposited");
  byId("page-notice").replaceChildren();
  fill(page, {
    organisation: depositor.organisation,
    role: `, ${ROLES[depositor.role]},`,
    source: depositor.organisation,
    firm,
    contact: contact.name,
    phone: spokenPhone(contact.phone),
    email: contact.email,
  });
  byId("offers").replaceChildren(...view.offers.map(card));
  byId("depositor-facts").replaceChildren(...facts(depositor));
  page.hidden = false;
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
  token = opener;
  show(shown);
}

keepAddress();
addEventListener("hashchange", () => location.reload()); // another link pasted in the same tab
openLink("/employer", { show: open, refuse });
