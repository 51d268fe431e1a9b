/** All that is kept of somebody, as a file. */

import { make } from "./dom.js";
import { refusedLink } from "./link.js";
import { perform, showAlert, showRefusal } from "./messages.js";

const SAVED_TEXT = "Le fichier est dans vos téléchargements.";

/**
 * At a press of `button`, have the browser save what `ask()` is answered under `name()`, and say in
 * `place()` that it is `saved`.
 */
export function downloadData(button, { place, ask, name, saved }) {
  return perform(button, "Préparation…", place, async (retry) => {
    const result = await ask();
    if (!result.ok) return refusedLink(result) || showRefusal(place(), result, retry);
    saveJson(result.data, name());
    return showAlert(place(), "success", saved, make("p", {}, SAVED_TEXT));
  });
}

/** Have the browser save `data`, as JSON a person may read. */
function saveJson(data, name) {
  const text = JSON.stringify(data, null, 2);
  const file = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", { href: file, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
}
