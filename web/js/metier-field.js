/** The métier field: the index, loaded when the field is first used, behind a combobox. */

import { combobox } from "./combobox.js";
import { byId } from "./dom.js";
import { hush, say } from "./messages.js";
import { exact, prepare, search } from "./metiers.js";

const SHOWN = 8;
const AFTER_CLICK_MS = 250;
const HINTS = {
  failed:
    "La liste des métiers n’a pas pu être chargée. Vérifiez votre connexion et tapez à nouveau.",
  none: "Aucun métier ne correspond. Essayez un mot simple, par exemple «\u00a0boulanger\u00a0».",
};
let loading = null;

/** Load the index once, whoever asks; a failure is forgotten so that the next key tries again. */
export function loadMetiers() {
  if (!loading) {
    loading = fetchIndex().catch((error) => {
      loading = null;
      throw error;
    });
  }
  return loading;
}

async function fetchIndex() {
  const response = await fetch("/data/metiers.json");
  if (!response.ok) throw new Error(`metiers.json: ${response.status}`);
  return prepare(await response.json());
}

/** Attach the field of the offer form that is in the page; gives access to what is chosen. */
export function metierField() {
  const input = byId("metier");
  const status = byId("metier-status");
  let index = null;
  let chosen = null;

  const box = combobox(input, byId("metier-list"), { suggest, choose });
  input.addEventListener("focus", ready, { once: true });
  // Not at once: the lines under the field move what is below, and the click that took the focus
  // would miss its target.
  input.addEventListener("blur", () => setTimeout(accept, AFTER_CLICK_MS));

  function ready() {
    return loadMetiers().then(
      (loaded) => {
        index = loaded;
        box.refresh();
      },
      () => (status.textContent = HINTS.failed),
    );
  }

  function suggest(text) {
    status.textContent = "";
    if (text.trim() === "" || chosen) return [];
    if (!index) {
      ready();
      return [];
    }
    const { found, total } = search(index, text, SHOWN);
    status.textContent = countPhrase(total);
    return found;
  }

  function choose(metier) {
    chosen = metier;
    status.textContent = "";
    confirm();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function confirm() {
    if (chosen)
      // In full: the field may cut it.
      say("metier", "valid", `Métier choisi\u00a0: ${chosen.label}`);
    else hush("metier");
  }

  function accept() {
    const typed = index && !chosen ? exact(index, input.value) : null;
    if (typed) {
      input.value = typed.label;
      choose(typed);
    }
    status.textContent = "";
  }

  return {
    /** The code chosen; an exact label counts. Empty when nothing is. */
    code() {
      accept();
      return chosen?.code ?? "";
    },
    /** Show a métier already known: a draft, an offer to edit. */
    set(metier) {
      chosen = metier?.code ? metier : null;
      input.value = metier?.label ?? "";
      confirm();
    },
    chosen: () => chosen,
  };
}

function countPhrase(total) {
  if (total === 0) return HINTS.none;
  if (total > SHOWN)
    return `${total} métiers correspondent, en voici ${SHOWN}. Ajoutez un mot pour préciser.`;
  return total === 1 ? "1 métier correspond." : `${total} métiers correspondent.`;
}
