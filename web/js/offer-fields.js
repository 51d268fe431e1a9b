/** The fields of a need, the same on both pages: read them, fill them. */

import { parisDay, addYears } from "./dates.js";
import { byId } from "./dom.js";
import { metierField } from "./metier-field.js";

const TEXTS = ["start_on", "level", "openings", "description"];
const EMPTY = {
  metier: null,
  start_on: null,
  level: null,
  openings: 1,
  description: null,
  ask_cfa: false,
};

/** Attach the fields that are in the page. */
export function offerFields() {
  const metier = metierField();
  const start = byId("start_on");
  start.min = parisDay();
  start.max = addYears(start.min, 2);

  function others() {
    return {
      ...Object.fromEntries(TEXTS.map((name) => [name, byId(name).value])),
      ask_cfa: byId("ask_cfa").checked,
    };
  }

  return {
    /** What is typed. `metier` is the code chosen. */
    read: () => ({ ...others(), metier: metier.code() }),
    /** What to keep in a draft: the same, with the métier as it stands, chosen or half typed. */
    draft: () => ({ ...others(), metier: metier.chosen() ?? { label: byId("metier").value } }),
    /** Show an offer, a draft, or nothing. */
    fill(values = EMPTY) {
      metier.set(values.metier);
      for (const name of TEXTS) byId(name).value = values[name] ?? "";
      byId("ask_cfa").checked = values.ask_cfa;
      byId("details").open = Boolean(
        values.start_on || values.level || values.description || values.openings > 1,
      );
    },
  };
}
