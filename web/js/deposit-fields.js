/** The fields of a first deposit, the same on both pages: firm, need, contact; and their draft. */

import { companyField } from "./company.js";
import { correctionPanel } from "./correction.js";
import { keepTyped } from "./draft.js";
import { offerFields } from "./offer-fields.js";

const OWN = ["siret", "contact.name", "contact.email", "contact.phone"];
const LOOKED_FOR = ["find.q", "find.place"];

/** Attach the fields of a form, and fill them with the draft kept as `name`, if there is one. */
export function depositFields(form, drafts, name) {
  const correction = correctionPanel();
  const company = companyField(correction);
  const offer = offerFields();
  const texts = (names) => Object.fromEntries(names.map((each) => [each, form.elements[each].value]));
  const typed = () => ({
    ...texts([...OWN, ...LOOKED_FOR]),
    opco: company.opco(),
    correction: correction.read(),
    ...offer.draft(),
  });

  // What was typed before the scripts came stays, and is kept.
  function restore() {
    const now = Object.entries(typed()).filter(isSaid);
    const values = { ...drafts.get(name), ...Object.fromEntries(now) };
    const begun = Object.entries(values).some(isSaid);
    if (begun) {
      for (const each of [...OWN, ...LOOKED_FOR]) form.elements[each].value = values[each] ?? "";
      correction.fill(values.correction);
      offer.fill(values);
      company.restore(values.opco);
      drafts.set(name, { ...typed(), opco: values.opco });
    }
    keepTyped(drafts, name, form, typed, begun);
    return begun;
  }

  return {
    /** Whether something was typed before. */
    begun: restore(),
    /** What is typed. */
    async read() {
      const firm = { ...texts(OWN), opco: company.opco(), correction: correction.read() };
      return { ...firm, ...(await offer.read()) };
    },
    /** Empty them all, and forget the draft. */
    empty() {
      form.reset();
      offer.fill();
      correction.fill(undefined);
      company.restore(null);
      drafts.drop(name);
    },
  };
}

/**
 * Whether a field was touched: one opening is what the form says of itself, and a place of work is
 * asked for by a box, before anything is typed of it.
 */
function isSaid([field, value]) {
  if (typeof value !== "object" || !value) return Boolean(value) && value !== "1";
  return field === "workplace" || Object.entries(value).some(isSaid);
}
