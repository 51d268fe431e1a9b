/** The métier of a need: one, compulsory. */

import { hush, say } from "./messages.js";
import { metierBox } from "./metier-box.js";
import { metierSheet } from "./metier-sheet.js";

const FIELD = "metier";

/** Attach the field of the offer form that is in the page; gives access to what is chosen. */
export function metierField({ refusalOf }) {
  const sheet = metierSheet();
  let chosen = null;
  let problem = null;

  const box = metierBox(FIELD, {
    refusalOf,
    closed: () => (chosen ? "" : null),
    choose: (metier) => show(metier, null),
    refused: (_, message, remedy) => show(null, { field: FIELD, message, remedy }),
  });

  function show(metier, refusal) {
    chosen = metier;
    problem = refusal;
    if (problem) say(FIELD, "error", problem.message, problem.remedy);
    // In full: the field may cut it.
    else if (chosen) say(FIELD, "valid", `Métier choisi\u00a0: ${chosen.label}`);
    else hush(FIELD);
    sheet.show(chosen);
  }

  return {
    /** What is chosen, an exact label included: its code, or none, and why it is refused. */
    async read() {
      const problems = chosen ? [] : await box.settle();
      return { code: chosen?.code ?? "", problems: problem ? [problem] : problems };
    },
    /** What to keep in a draft: the métier chosen, or what is typed. */
    draft: () => chosen ?? { label: box.input.value },
    /** Show a métier already known: a draft, an offer to edit. */
    set(metier) {
      box.input.value = metier?.label ?? "";
      show(metier?.code ? metier : null, null);
    },
    chosen: () => chosen,
  };
}
