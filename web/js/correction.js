/**
 * The correction of the deposit page: folded, for few need it; unfolded and compulsory for a firm
 * that hides from public directories, of which nothing else is shown.
 */

import { correctionFields } from "./correction-fields.js";
import { byId } from "./dom.js";

const TITLE = "Corriger le nom ou l’adresse (facultatif)";
const NEEDED = "Nom et adresse à publier";

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
      if (needed) panel.open = true;
    },
  };
}
