/** The fields of a need, the same on both pages: read them, fill them. */

import { addressFields } from "./address-fields.js";
import { parisDay, addYears } from "./dates.js";
import { byId } from "./dom.js";
import { metierField } from "./metier-field.js";
import { metierTags } from "./metier-tags.js";

const TEXTS = ["start_on", "level", "openings", "description"];
const EMPTY = {
  metier: null,
  other_metiers: [],
  start_on: null,
  level: null,
  openings: 1,
  description: null,
  ask_cfa: false,
  workplace: null,
};

/** Attach the fields that are in the page: those, though another form takes its place. */
export function offerFields() {
  let accepted = new Set(); // codes the offer already has: they stay acceptable
  const refusalOf = (metier) => (accepted.has(metier.code) ? null : metier.refusal);
  const metier = metierField({ refusalOf });
  const others = metierTags({ refusalOf, main: () => metier.chosen()?.code });
  const workplace = addressFields("workplace");
  const elsewhere = byId("workplace");
  const askCfa = byId("ask_cfa");
  const details = byId("details");
  const under = byId("workplace-fields");
  const texts = TEXTS.map((name) => [name, byId(name)]);
  const [[, start]] = texts;
  start.min = parisDay();
  start.max = addYears(start.min, 2);

  elsewhere.addEventListener("change", showWorkplace);

  function showWorkplace() {
    under.hidden = !elsewhere.checked;
  }

  function plain() {
    return {
      ...Object.fromEntries(texts.map(([name, { value }]) => [name, value])),
      ask_cfa: askCfa.checked,
      workplace: elsewhere.checked ? workplace.read() : null,
    };
  }

  return {
    /** What is typed, métiers by their codes; `problems` holds what the fields themselves refuse. */
    async read() {
      const [main, more] = await Promise.all([metier.read(), others.read()]);
      const problems = [...main.problems, ...more.problems];
      return { ...plain(), metier: main.code, other_metiers: more.codes, problems };
    },
    /** What to keep in a draft: the same, with the métiers as they stand, chosen or half typed. */
    draft: () => ({ ...plain(), metier: metier.draft(), ...others.draft() }),
    /** Show an offer, a draft, or nothing; the métiers of the offer `recorded` stay acceptable. */
    fill(given, recorded = given) {
      const values = { ...EMPTY, ...given };
      const known = values.other_metiers;
      const typed = values.other_metiers_typed ?? "";
      const had = [recorded?.metier, ...(recorded?.other_metiers ?? [])];
      accepted = new Set(had.map((each) => each?.code));
      metier.set(values.metier);
      others.set(known, typed);
      for (const [name, field] of texts) field.value = values[name] ?? "";
      askCfa.checked = values.ask_cfa;
      elsewhere.checked = Boolean(values.workplace);
      showWorkplace();
      workplace.fill(values.workplace ?? undefined);
      details.open = Boolean(
        values.start_on ||
          values.level ||
          values.description ||
          values.openings > 1 ||
          values.workplace ||
          known.length > 0 ||
          typed,
      );
    },
  };
}
