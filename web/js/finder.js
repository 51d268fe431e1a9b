/** « Je ne connais pas mon SIRET »: a firm looked for by its name, where it is, or its SIREN. */

import { askChoices, readChoices, showChoices } from "./choices.js";
import { byId, focusOn } from "./dom.js";
import { hush, perform, say } from "./messages.js";

const SHORTEST = 3;
const DOWN = [
  "L’annuaire des entreprises ne répond pas pour l’instant. Réessayez dans un moment.",
  "Si vous retrouvez votre SIRET ailleurs, tapez-le\u00a0: vous pouvez continuer avec.",
];
const TOO_SHORT = [
  "Trois lettres au moins sont nécessaires pour chercher.",
  "Tapez le nom de l’entreprise, ou son SIREN.",
];

/** Attach the panel; `pick` is given the SIRET chosen. */
export function finder(pick) {
  const panel = byId("finder");
  const name = byId("find-q");
  const town = byId("find-place");
  const button = byId("find");
  const found = byId("finder-choices");

  function clear() {
    hush("find.q");
    hush("find.place");
    found.replaceChildren();
  }

  async function search() {
    clear();
    if (name.value.trim().length < SHORTEST) {
      say("find.q", "error", ...TOO_SHORT);
      return focusOn(name);
    }
    const result = await askChoices(name.value.trim(), town.value.trim());
    if (result.down) return say("find.q", "info", ...DOWN);
    if (!result.ok) return refuse(result);
    showChoices(found, result.data, (siret) => {
      panel.open = false;
      clear();
      pick(siret);
    });
    return readChoices(found);
  }

  function refuse({ detail, errors }) {
    if (errors.length === 0) return say("find.q", "error", detail);
    for (const { field, message, remedy } of errors)
      say(`find.${field}`, "error", message, remedy);
    return focusOn(byId(`find-${errors[0].field}`));
  }

  // Never at a key: the directory takes few questions, from everybody together.
  const run = () => perform(button, "Recherche…", () => found, search);
  button.addEventListener("click", run);
  for (const input of [name, town]) {
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // Enter must not send the deposit
      run();
    });
  }

  return {
    /** Open it on a SIREN that has too many establishments to show: a town will tell. */
    narrow(siren) {
      panel.open = true;
      name.value = siren;
      focusOn(town);
    },
    /** Open it if a draft holds what was looked for. */
    reveal() {
      if (name.value || town.value) panel.open = true;
    },
  };
}
