/** A field where métiers are looked for: the index behind a combobox, and what is said of it. */

import { combobox } from "./combobox.js";
import { byId } from "./dom.js";
import { loadMetiers } from "./metier-index.js";
import { exact, search } from "./metiers.js";

const SHOWN = 8;
const AFTER_CLICK_MS = 250;
const FAILED = {
  message: "La liste des métiers n’a pas pu être chargée.",
  remedy: "Vérifiez votre connexion, puis réessayez.",
};
const HINTS = {
  none: "Aucun métier ne correspond. Essayez un mot simple, par exemple «\u00a0boulanger\u00a0».",
  near: "Aucun métier ne correspond tout à fait, voici les plus proches.",
};
const REFUSED = "Pas en apprentissage";
const REMEDY = "Choisissez dans la liste un métier voisin.";

/**
 * Attach the field with this id. `choose(metier)` is told of a choice, {code, label, rome}, or of
 * null as soon as the text is no longer the chosen one; `refused(metier, reason, remedy)` of a
 * choice that is not possible. `refusalOf(metier)` says why, if it is not. `without(code)` leaves a
 * métier out; `closed()` gives what to say instead of suggesting, or null.
 */
export function metierBox(id, { choose, refused, refusalOf, without = () => false, closed }) {
  const input = byId(id);
  const status = byId(`${id}-status`);
  let index = null;

  const box = combobox(input, byId(`${id}-list`), { suggest, choose: take });
  input.addEventListener("focus", ready, { once: true });
  if (document.activeElement === input) ready(); // it was there before us
  // Not at once: the lines under the field move what is below, and the click that took the focus
  // would miss its target. That click may have closed the form.
  const late = () => input.isConnected && accept();
  input.addEventListener("blur", () => setTimeout(late, AFTER_CLICK_MS));

  function ready() {
    return loadMetiers().then(
      (loaded) => {
        index = loaded;
        box.refresh();
      },
      () => tell(`${FAILED.message} ${FAILED.remedy}`),
    );
  }

  function suggest(text) {
    const shut = closed();
    tell(shut ?? "");
    if (text.trim() === "" || shut !== null) return [];
    if (!index) {
      ready();
      return [];
    }
    const { found, total, near } = search(index, text, SHOWN);
    tell(near && total > 0 ? HINTS.near : countPhrase(total));
    return found
      .filter(({ code }) => !without(code))
      .map((metier) => ({ ...metier, note: refusalOf(metier) ? REFUSED : "" }));
  }

  function take(metier) {
    tell("");
    const reason = metier && refusalOf(metier);
    if (reason) refused(metier, reason, REMEDY);
    else choose(metier && { code: metier.code, label: metier.label, rome: metier.rome });
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function accept() {
    if (!index) return;
    tell("");
    const typed = closed() === null ? exact(index, input.value) : null;
    if (!typed) return;
    input.value = typed.label;
    take(typed);
  }

  /**
   * Take what is typed for a choice if it is a label, exactly, once the index is there to tell. Gives
   * the problems: that it is not.
   */
  async function settle() {
    if (!input.value.trim()) return [];
    if (!index) await ready();
    if (input.isConnected) accept(); // or its form was closed meanwhile
    if (index) return [];
    tell(""); // it is said as a problem
    return [{ field: id, ...FAILED }];
  }

  function tell(text) {
    status.textContent = text;
  }

  return { input, tell, settle };
}

function countPhrase(total) {
  if (total === 0) return HINTS.none;
  if (total > SHOWN)
    return `${total} métiers correspondent, en voici ${SHOWN}. Ajoutez un mot pour préciser.`;
  return total === 1 ? "1 métier correspond." : `${total} métiers correspondent.`;
}
