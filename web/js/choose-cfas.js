/**
 * The choice of training centres for one offer, opened from the manage page or after a deposit.
 * Showing changes nothing: only the button that asks acts.
 */

import { call } from "./api.js";
import { cfaItem } from "./cfa-card.js";
import {
  centreLines,
  countPhrase,
  donePhrase,
  laterPhrase,
  morePhrase,
  standingPhrase,
  tickAllLabel,
} from "./choose-cfas-phrases.js";
import { byId, fill, keepAddress, make } from "./dom.js";
import { draftsOf } from "./draft.js";
import { openLink, refusedLink } from "./link.js";
import { hush, perform, showAlert, showErrors, showRefusal } from "./messages.js";

const offerId = new URLSearchParams(location.search).get("offre") || "-";
const path = `/manage/offers/${encodeURIComponent(offerId)}/cfas`;
const NONE = { message: "Aucun centre n’est coché.", remedy: "Cochez-en au moins un." };
const TOO_MANY = { message: "Trop de centres sont cochés.", remedy: "Décochez-en." };
const TICKED = "ticked";
const STALE = "Votre offre a été modifiée entre-temps";
const STALE_TEXT = "Voici la liste telle qu’elle est maintenant\u00a0: vérifiez, puis recommencez.";

let token = "";
let view = null;
let drafts = null; // what is ticked, under the name TICKED

function boxes() {
  return [...byId("centres").querySelectorAll("input")];
}

function ticked() {
  return boxes()
    .filter(({ checked }) => checked)
    .map(({ value }) => value);
}

/** Show the choice as it is; what was ticked stays so. */
function show(fresh) {
  const before = new Set([...ticked(), ...(drafts.get(TICKED) ?? [])]);
  view = fresh;
  fill(byId("choice"), {
    metier: view.metier,
    standing: standingPhrase(view),
    later: laterPhrase(view),
    more: morePhrase(view),
  });
  byId("again").hidden = view.standing !== "no_catalogue";
  byId("asked-list").replaceChildren(...view.asked.map(cfaItem));
  byId("asked").hidden = view.asked.length === 0;
  byId("centres").replaceChildren(...view.centres.map((each) => line(each, before)));
  byId("tick-all").textContent = tickAllLabel(view.centres.length, view.left);
  byId("form").hidden = view.standing !== "open";
  byId("page-notice").replaceChildren();
  byId("choice").hidden = false;
  hush("sirens");
  byId("summary").replaceChildren();
  count();
}

function line(centre, before) {
  const id = `centre-${centre.siren}`;
  const facts = centreLines(centre).map((text) => make("span", { class: "fr-hint-text" }, text));
  const box = make("input", { type: "checkbox", id, value: centre.siren });
  box.checked = before.has(centre.siren);
  const name = make("span", { class: "breakable" }, centre.name);
  const label = make("label", { class: "fr-label", for: id }, name, ...facts);
  return make("li", {}, make("div", { class: "fr-checkbox-group" }, box, label));
}

function count() {
  byId("count").textContent = countPhrase(ticked().length, view.left);
}

function tick(first) {
  boxes().forEach((box, rank) => {
    box.checked = rank < first;
  });
  changed();
}

function changed() {
  hush("sirens");
  count();
  if (ticked().length > 0) drafts.set(TICKED, ticked());
  else drafts.drop(TICKED);
}

function refuse(words) {
  showErrors(byId("summary"), [{ field: "sirens", ...words }]);
}

function send() {
  const sirens = ticked();
  if (sirens.length === 0) return refuse(NONE);
  if (sirens.length > view.left) return refuse(TOO_MANY);
  const place = () => byId("summary");
  return perform(byId("submit"), "Envoi…", place, async (retry) => {
    const body = { version: view.version, sirens };
    const result = await call("POST", path, { token, body });
    if (result.ok) return done(result.data, sirens.length);
    if (result.current) return stale(result.current);
    return refusedLink(result) || showRefusal(place(), result, retry);
  });
}

function done(fresh, number) {
  show(fresh);
  tick(0);
  showAlert(byId("page-notice"), "success", "C’est noté", make("p", {}, donePhrase(number)));
}

function stale(fresh) {
  show(fresh);
  showAlert(byId("page-notice"), "warning", STALE, make("p", {}, STALE_TEXT));
}

function open(choice, opener) {
  token = opener;
  drafts = draftsOf("choice", choice.offer_id);
  show(choice);
}

function load() {
  return openLink(path, open);
}

keepAddress();
byId("back").href += location.hash;
byId("again").querySelector("button").addEventListener("click", ({ target }) =>
  perform(target, "Lecture…", () => byId("page-notice"), load),
);
byId("tick-all").addEventListener("click", () => tick(view.left));
byId("tick-none").addEventListener("click", () => tick(0));
byId("centres").addEventListener("change", changed);
byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
load();
