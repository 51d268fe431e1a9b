/** What the blocks of a card are made of. */

import { copyOf } from "./dom.js";

/**
 * A part of a card under a title of its own. A block is a function of an offer and of its `card`
 * ({id, firm, actions}, as `offerCard` has them) that gives such a part, or null for none.
 */
export function block(title, ...content) {
  const section = copyOf("card-block");
  section.querySelector("h4").textContent = title;
  section.append(...content);
  return section;
}
