/** What an offer asks for, in its card. */

import { make, terms } from "./dom.js";
import { needFacts } from "./phrases.js";

/** The block: the first of a card, it needs no title. */
export function needBlock(offer) {
  return make("dl", { class: "facts" }, ...terms(needFacts(offer)));
}
