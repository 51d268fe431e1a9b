/**
 * One need, for a training centre that was told of it; opened by the link of its mail. Showing
 * changes nothing: only a button that confirms answers, and the first gesture of a person on the page
 * says that it was read (programs that only look make none).
 */

import { call } from "./api.js";
import { replyBadge, replyStanding } from "./cfa-phrases.js";
import { byId, copyOf, fill, focusOn, keepAddress, make } from "./dom.js";
import { draftsOf, keepTyped, sayBegun } from "./draft.js";
import { end, openLink, refusedLink } from "./link.js";
import { perform, showAlert, showRefusal } from "./messages.js";
import { showContact, showFacts } from "./need-page.js";
import { preparePoster } from "./poster.js";

// What the links of the mails ask to open.
const ASKED = { candidats: "candidates", "plus-tard": "later", "pas-concerne": "not_concerned" };
const DONE = {
  candidates: "C’est noté\u00a0: l’entreprise sait que vous avez des candidats",
  later: "C’est noté\u00a0: l’entreprise sait que vous n’en avez pas pour l’instant",
  not_concerned: "C’est noté\u00a0: vous n’êtes pas concerné",
};
// What may be said with each answer.
const FIELDS = {
  candidates: ["candidates", "word", "phone", "email"],
  later: ["back_on"],
  not_concerned: [],
};
const GESTURES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];
const MOVED = "Ce besoin a évolué entre-temps";
const MOVED_TEXT = "Voici où il en est. Vérifiez, puis répondez à nouveau si besoin.";

let token = "";
let view = null;
let drafts = null;

function typed(answer) {
  return Object.fromEntries(FIELDS[answer].map((name) => [name, byId(name).value]));
}

function send(answer, button) {
  const said = Object.entries(typed(answer)).map(([name, text]) => [name, text.trim() || null]);
  const body = { replies: view.replies, answer, ...Object.fromEntries(said) };
  return perform(button, "Envoi…", place, async (retry) => {
    const result = await call("POST", "/cfa/answer", { token, body });
    if (result.ok) drafts.clear();
    if (result.ok) return show(result.data) || announce("success", DONE[answer]);
    if (result.current)
      return show(result.current) || announce("warning", MOVED, make("p", {}, MOVED_TEXT));
    return refusedLink(result) || showRefusal(refusalPlace(answer, result), result, retry);
  });
}

function place() {
  return byId("answer-place");
}

/** Beside its field when one is refused, so that what was typed stays. */
function refusalPlace(answer, { errors = [] }) {
  return (errors.length > 0 && document.getElementById(`${answer}-summary`)) || place();
}

function announce(kind, title, ...content) {
  showAlert(place(), kind, title, ...content);
}

function openPanel(answer) {
  const panel = copyOf(`${answer}-panel`);
  place().replaceChildren(panel);
  const draft = drafts.get(answer);
  for (const name of FIELDS[answer]) byId(name).value = (draft ?? view.reply)?.[name] ?? "";
  keepTyped(drafts, answer, panel, () => typed(answer), Boolean(draft));
  if (draft) sayBegun(byId(`${answer}-summary`));
  const confirm = panel.querySelector("[data-confirm]");
  confirm.addEventListener("click", () => send(answer, confirm));
  panel.querySelector("[data-cancel]").addEventListener("click", () => {
    drafts.drop(answer);
    place().replaceChildren();
    focusOn(byId("answers-title"));
  });
  focusOn(panel.querySelector("h3"));
}

/** Show the need as it is; true when it is over, and all has been said. */
function show(fresh) {
  view = fresh;
  byId("page-notice").replaceChildren();
  if (view.status !== "current") return isOver(view.status);
  const { label, badge } = replyBadge(view.reply);
  byId("badge").className = `fr-badge ${badge}`;
  fill(byId("need"), {
    badge: label,
    title: `${view.firm}\u00a0: ${view.metier.label}`,
    where: view.address ?? "",
    why: `Adressé à ${view.centre}, pour sa formation «\u00a0${view.training}\u00a0».`,
    standing: replyStanding(view),
    contact: view.contact.name,
  });
  showContact(view.contact);
  showFacts(view);
  preparePoster(view);
  for (const button of document.querySelectorAll("[data-answer]"))
    button.textContent = labelOf(button);
  place().replaceChildren();
  byId("need").hidden = false;
  return false;
}

function labelOf({ dataset: { answer, label } }) {
  return answer === view.reply?.answer && FIELDS[answer].length > 0 ? "Préciser ma réponse" : label;
}

function open(need, opener) {
  token = opener;
  if (show(need)) return null;
  drafts = draftsOf("cfa", `${view.centre} ${view.poster.url}`);
  if (!view.read) watchFirstGesture();
  return openAsked() || reopen();
}

function watchFirstGesture() {
  const options = { capture: true, passive: true };
  function seen({ isTrusted }) {
    if (!isTrusted) return;
    for (const gesture of GESTURES) removeEventListener(gesture, seen, options);
    call("POST", "/cfa/reading", { token, body: {} }); // should it fail, an answer says as much
  }
  for (const gesture of GESTURES) addEventListener(gesture, seen, options);
}

// The query says what the mail's link is about; it is then dropped, so that a reload does not open
// it again.
function openAsked() {
  const answer = ASKED[new URLSearchParams(location.search).get("action")];
  history.replaceState(null, "", `${location.pathname}${location.hash}`);
  if (answer) openPanel(answer);
  return answer;
}

/** Open what was being typed when the page was left. */
function reopen() {
  const last = drafts.names().pop();
  return last && openPanel(last);
}

/** Nothing is left to do here, and the page says why. */
function isOver(status) {
  end(status, { subject: `${view.firm}\u00a0: ${view.metier.label}` });
  return true;
}

keepAddress();
for (const button of document.querySelectorAll("[data-answer]")) {
  button.dataset.label = button.textContent;
  button.addEventListener("click", () => openPanel(button.dataset.answer));
}
openLink("/cfa", open);
