/** Establishments to choose from: asked for on demand, shown as buttons, one of them picked. */

import { call } from "./api.js";
import { foundPhrase } from "./deposit-phrases.js";
import { focusOn, make } from "./dom.js";
import { spaced } from "./siret.js";

const PATIENCE_MS = 10_000;

/**
 * Ask for the firms of a name, or the establishments of a SIREN. Gives what `call` gives, and says
 * that the service is down when the directory behind it is.
 */
export async function askChoices(q, place = "") {
  const query = new URLSearchParams({ q, place });
  const result = await call("GET", `/companies?${query}`, { patience: PATIENCE_MS });
  return result.ok && !result.data.answered ? { ok: false, down: true } : result;
}

/**
 * Put the choices in a place of the page; `pick` is given the SIRET of the one that is touched;
 * `none` is said when it is certain that nobody can be. Gives how many can be.
 */
export function showChoices(place, { choices, more }, pick, none) {
  const open = choices.filter(({ active }) => active);
  const title = make("p", { class: "choices__title", id: `${place.id}-title` });
  const nobody = open.length === 0 && !more;
  title.textContent = (nobody && none) || foundPhrase(open.length, more);
  const list = make("ul", { class: "choices", "aria-labelledby": title.id });
  list.append(...choices.map((choice) => line(choice, pick)));
  place.replaceChildren(title, ...(choices.length > 0 ? [list] : []));
  return open.length;
}

/** Bring what was shown in a place under the eyes: how many there are, then each by Tab. */
export function readChoices(place) {
  const title = place.querySelector(".choices__title");
  if (title) focusOn(title, "nearest");
}

function line({ siret, name, address, active }, pick) {
  const texts = [
    make("strong", {}, name || "Nom non communiqué"),
    make("span", {}, address),
    make("span", { class: "choice__siret" }, `SIRET ${spaced(siret)}`),
  ];
  if (!active) {
    const badge = make("span", { class: "fr-badge fr-badge--warning fr-badge--sm" }, "Fermé");
    return make("li", {}, make("div", { class: "choice choice--closed" }, ...texts, badge));
  }
  const button = make("button", { type: "button", class: "choice" }, ...texts);
  button.addEventListener("click", () => pick(siret));
  return make("li", {}, button);
}
