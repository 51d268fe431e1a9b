/**
 * The correction of the deposit page: folded, for few need it; unfolded and compulsory for a firm
 * that hides from public directories, of which nothing else is shown.
 */

import { correctionFields } from "./correction-fields.js";
import { byId } from "./dom.js";

const TITLE = "Corriger le nom ou l’adresse (facultatif)";
const HINT = "Montrés aux candidats à la place de ce que dit l’annuaire des entreprises.";
const NEEDED = "Nom et adresse à publier";
const NEEDED_HINT = "Montrés aux candidats\u00a0: l’annuaire des entreprises n’en dit rien.";

/** Attach the fields. */
export function correctionPanel() {
  const panel = byId("correction");
  const fields = correctionFields();
  let needed = false;
  return {
    /** What is typed, and whether it is compulsory. */
    read: () => ({ ...fields.read(), needed }),
    /** Show what a draft held. */
    fill(correction) {
      fields.fill(correction);
      const { name, address } = correction ?? {};
      panel.open = Boolean(name || address?.street || address?.postcode);
    },
    /** Say whether it is compulsory. */
    need(wanted) {
      needed = wanted;
      byId("correction-title").textContent = needed ? NEEDED : TITLE;
      byId("correction-hint").textContent = needed ? NEEDED_HINT : HINT;
      for (const field of panel.querySelectorAll("[aria-required]"))
        field.setAttribute("aria-required", needed);
      if (needed) panel.open = true;
    },
  };
}
