/** The training centres asked about an offer, in its card. */

import { block } from "./card-block.js";
import { make } from "./dom.js";
import { cfaLine, cfaPhrase } from "./phrases.js";

/** The block. */
export function cfasBlock(offer, { firm }) {
  const asked = offer.cfas.map((cfa) => make("li", {}, cfaLine(cfa)));
  const said =
    asked.length > 0
      ? make("ul", {}, ...asked)
      : make("p", {}, cfaPhrase(offer, firm.verification));
  return block("Centres de formation (CFA)", said);
}
