/** The other métiers that would do as well: two at most, each a tag that a press takes away. */

import { byId, make } from "./dom.js";
import { hush, say } from "./messages.js";
import { metierBox } from "./metier-box.js";

const FIELD = "other_metiers";
const MOST = 2;
const FULL = "Deux autres métiers au plus\u00a0: retirez-en un pour en choisir un autre.";
const ALREADY = ["Ce métier est déjà indiqué.", "Choisissez-en un autre, ou effacez ce texte."];

/** Attach the field of the offer form that is in the page. `main()` is the code of its métier. */
export function metierTags({ refusalOf, main }) {
  const tags = byId(`${FIELD}-tags`);
  let metiers = [];
  let problem = null;

  const taken = (code) => code === main() || metiers.some((metier) => metier.code === code);
  const box = metierBox(FIELD, {
    refusalOf,
    without: taken,
    closed: () => (metiers.length < MOST ? null : FULL),
    choose: (metier) => (metier ? add(metier) : explain(null)),
    refused: (_, message, remedy) => explain({ field: FIELD, message, remedy }),
  });

  function explain(found) {
    problem = found;
    if (found) say(FIELD, "error", found.message, found.remedy);
    else hush(FIELD);
  }

  function add(metier) {
    if (taken(metier.code)) {
      explain({ field: FIELD, message: ALREADY[0], remedy: ALREADY[1] });
      return;
    }
    box.input.value = "";
    show([...metiers, metier]);
    box.tell(`${metier.label}\u00a0: ajouté.`);
  }

  function remove(metier) {
    show(metiers.filter(({ code }) => code !== metier.code));
    box.input.focus(); // the button that had the focus is gone
    box.tell(`${metier.label}\u00a0: retiré.`);
    box.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show(wanted) {
    metiers = wanted;
    explain(null);
    tags.replaceChildren(...metiers.map(tag));
    tags.hidden = metiers.length === 0;
  }

  function tag(metier) {
    const attributes = { type: "button", class: "fr-tag fr-tag--dismiss" };
    const label = { "aria-label": `Retirer ${metier.label}` };
    const button = make("button", { ...attributes, ...label }, metier.label);
    button.addEventListener("click", () => remove(metier));
    return make("li", {}, button);
  }

  // What is typed and not chosen would be lost without a word.
  function left() {
    const text = box.input.value.trim();
    if (!text) return [];
    const message = `«\u00a0${text}\u00a0» n’est pas ajouté.`;
    const remedy = "Touchez une proposition de la liste, ou effacez ce texte.";
    return [problem ?? { field: FIELD, message, remedy }];
  }

  return {
    /** The codes chosen, an exact label included, and what stands in their way. */
    async read() {
      const problems = await box.settle();
      return {
        codes: metiers.map(({ code }) => code),
        problems: problems.length > 0 ? problems : left(),
      };
    },
    /** What to keep in a draft. */
    draft: () => ({ [FIELD]: metiers, other_metiers_typed: box.input.value }),
    /** Show métiers already known, and what was typed beside them. */
    set(wanted, typed) {
      show(wanted);
      box.input.value = typed;
    },
  };
}
