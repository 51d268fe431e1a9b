/** The fields of a need, the same on both pages: read them, fill them. */

import { addressFields } from "./address-fields.js";
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
  workplace: null,
};

/** Attach the fields that are in the page. */
export function offerFields() {
  const metier = metierField();
  const workplace = addressFields("workplace");
  const elsewhere = byId("workplace");
  const start = byId("start_on");
  start.min = parisDay();
  start.max = addYears(start.min, 2);

  elsewhere.addEventListener("change", showWorkplace);

  function showWorkplace() {
    byId("workplace-fields").hidden = !elsewhere.checked;
  }

  function others() {
    return {
      ...Object.fromEntries(TEXTS.map((name) => [name, byId(name).value])),
      ask_cfa: byId("ask_cfa").checked,
      workplace: elsewhere.checked ? workplace.read() : null,
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
      elsewhere.checked = Boolean(values.workplace);
      showWorkplace();
      workplace.fill(values.workplace ?? undefined);
      byId("details").open = Boolean(
        values.start_on ||
          values.level ||
          values.description ||
          values.openings > 1 ||
          values.workplace,
      );
    },
  };
}
