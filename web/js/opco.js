/**
 * One need, for the OPCO that was told of it; opened by the link of its mail. Showing changes
 * nothing: only a button that confirms acts.
 */

import { call } from "./api.js";
import { byId, copyOf, fill, focusOn, keepAddress, make } from "./dom.js";
import { end, openLink, refusedLink } from "./link.js";
import { perform, showAlert, showRefusal } from "./messages.js";
import { showContact, showFacts } from "./need-page.js";
import { needBadge, needStanding, passedTo } from "./opco-phrases.js";

// What the links of the mails ask to open.
const ASKED = { contact: "taking", contacte: "contacted", transmettre: "not_ours" };
const DONE = {
  taking: "C’est noté\u00a0: vous prenez contact",
  contacted: "C’est noté\u00a0: vous avez contacté l’entreprise",
  not_ours: "C’est noté\u00a0: personne d’autre n’est connu pour ce besoin",
};
const DESK_HINT =
  "Facultatif. Sans précision, il ira à un autre OPCO possible\u00a0; s’il n’y en a plus, l’entreprise saura que personne ne le suit.";
const MOVED = "Ce besoin a évolué entre-temps";
const MOVED_TEXT = "Voici où il en est. Vérifiez, puis répondez à nouveau si besoin.";

let token = "";
let view = null;

function send(answer, button) {
  const to = document.getElementById("to")?.value || null;
  const body = { version: view.version, answer, ...(answer === "not_ours" && to ? { to } : {}) };
  return perform(button, "Envoi…", place, async (retry) => {
    const result = await call("POST", "/notice/answer", { token, body });
    if (result.ok) return show(result.data) || announce("success", DONE[answer]);
    if (result.current)
      return show(result.current) || announce("warning", MOVED, make("p", {}, MOVED_TEXT));
    return refusedLink(result) || showRefusal(refusalPlace(result), result, retry);
  });
}

function place() {
  return byId("answer-place");
}

/** Beside its field when one is refused, so that the choice stays open. */
function refusalPlace({ errors = [] }) {
  return (errors.length > 0 && document.getElementById("to-summary")) || place();
}

function announce(kind, title, ...content) {
  showAlert(place(), kind, title, ...content);
}

function openPanel(answer) {
  const panel = copyOf(`${answer}-panel`);
  place().replaceChildren(panel);
  if (answer === "not_ours") offerHeirs();
  const confirm = panel.querySelector("[data-confirm]");
  confirm.addEventListener("click", () => send(answer, confirm));
  panel.querySelector("[data-cancel]").addEventListener("click", () => {
    place().replaceChildren();
    focusOn(byId("answers-title"));
  });
  focusOn(panel.querySelector("h3"));
}

function offerHeirs() {
  byId("to").append(...view.recipients.map((opco) => make("option", { value: opco }, opco)));
  if (!view.addressee) byId("to-hint").textContent = DESK_HINT;
}

/** Show the need as it is; true when it is no longer this reader's, and all has been said. */
function show(fresh) {
  view = fresh;
  byId("page-notice").replaceChildren();
  if (view.status === "passed_on" || view.status === "refused") return isOver(view.status);
  const { label, badge } = needBadge(view);
  byId("badge").className = `fr-badge ${badge}`;
  fill(byId("need"), {
    badge: label,
    title: `${view.firm}\u00a0: ${view.metier.label}`,
    where: view.address ?? "",
    standing: needStanding(view),
    contact: view.contact.name,
  });
  showContact(view.contact);
  showFacts(view);
  showAnswers();
  place().replaceChildren();
  byId("need").hidden = false;
  return false;
}

function showAnswers() {
  byId("answers").hidden = view.status !== "current";
  byId("pass-on").textContent = view.addressee ? "Pas de mon ressort" : "Transmettre à un OPCO";
  for (const button of document.querySelectorAll("[data-answer]")) {
    const { answer } = button.dataset;
    button.closest("li").hidden = answer === view.answer && answer !== "not_ours";
  }
}

function open(need, opener) {
  token = opener;
  return show(need) || openAsked();
}

// The query says what the mail's link is about; it is then dropped, so that a reload does not open
// it again.
function openAsked() {
  const answer = ASKED[new URLSearchParams(location.search).get("action")];
  history.replaceState(null, "", `${location.pathname}${location.hash}`);
  if (answer && view.status === "current" && view.answer !== answer) openPanel(answer);
}

/** Nothing is left to do here, and the page says why. */
function isOver(status) {
  end(status, { subject: `${view.firm}\u00a0: ${view.metier.label}`, with: passedTo(view) });
  return true;
}

keepAddress();
for (const button of document.querySelectorAll("[data-answer]")) {
  button.addEventListener("click", () => openPanel(button.dataset.answer));
}
openLink("/notice", open);
