/** The training centres asked about an offer, in its card, and the way to choose others. */

import { block } from "./card-block.js";
import { cfaItem } from "./cfa-card.js";
import { make } from "./dom.js";
import { cfaPhrase } from "./phrases.js";

const LOOKS = "fr-btn fr-btn--tertiary fr-btn--sm";

/** The block. */
export function cfasBlock(offer, { id, firm }) {
  const { cfas } = offer;
  const said =
    cfas.length > 0
      ? make("ul", {}, ...cfas.map(cfaItem))
      : make("p", {}, cfaPhrase(offer, firm.verification));
  return block("Centres de formation (CFA)", said, ...choice(offer, id));
}

/** Whether a centre says that it has candidates: the reader must not miss it. */
export function hasCandidates({ cfas }) {
  return cfas.some(({ state }) => state === "candidates");
}

// The page where they are chosen, while some may be asked.
function choice({ id, state, cfas, cfas_left: left }, card) {
  if (state !== "live" || left === 0) return [];
  const link = make(
    "a",
    {
      class: LOOKS,
      href: `/choisir-cfa.html?offre=${encodeURIComponent(id)}${location.hash}`,
      "aria-describedby": `${card}-title`,
    },
    cfas.length > 0 ? "Solliciter d’autres centres" : "Choisir les centres moi-même",
  );
  return [make("p", {}, link)];
}
