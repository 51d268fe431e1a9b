/** One offer on the manage page: where it stands, what can be done, and its blocks. */

import { cfasBlock } from "./card-cfas.js";
import { needBlock } from "./card-need.js";
import { mayDeclare, opcoBlock } from "./card-opco.js";
import { copyOf, fill } from "./dom.js";
import { openPanel } from "./offer-panels.js";
import { STATES, lifeLines } from "./phrases.js";

// What unfolds under the head of a card, in this order: one file a block (card-block.js).
const BLOCKS = [needBlock, opcoBlock, cfasBlock];

// Cards are made anew at each change: what the reader unfolded or folded stays so.
const unfolded = new Map();

/**
 * The card of an offer. `firm` holds {verification, choices, alone}: the OPCOs to choose from, and
 * whether this is the only live offer. `actions` does what the buttons say: edit(offer),
 * again(offer), extend(offer, button), addOpening(offer, button), close(offer, {outcome, reason},
 * button), opco(offer).
 */
export function offerCard(offer, firm, actions) {
  const id = `offre-${offer.id}`;
  const card = fill(copyOf("offer-card"), {
    title: offer.metier.label,
    state: STATES[offer.state].label,
    ...lifeLines(offer),
  });
  card.id = id;
  card.setAttribute("aria-labelledby", `${id}-title`);
  card.querySelector("h3").id = `${id}-title`;
  card.querySelector('[data-slot="state"]').classList.add(STATES[offer.state].badge);
  card.querySelector("[data-notice]").id = `${id}-notice`;
  const blocks = BLOCKS.map((make) => make(offer, { id, firm, actions }));
  card.querySelector("[data-blocks]").replaceChildren(...blocks.filter(Boolean));
  keepFolded(card.querySelector("details"), offer, firm);
  attach(card, offer, actions);
  return card;
}

// One offer alone, or a question to answer, is read at once.
function keepFolded(details, offer, firm) {
  const { id, state } = offer;
  const read = (firm.alone && state === "live") || mayDeclare(offer, firm);
  details.open = unfolded.has(id) ? unfolded.get(id) : read;
  details.addEventListener("toggle", () => unfolded.set(id, details.open));
}

function attach(card, offer, actions) {
  const clicks = {
    edit: () => actions.edit(offer),
    extend: (button) => actions.extend(offer, button),
    filled: () => openPanel(card, offer, "filled", actions),
    cancelled: () => openPanel(card, offer, "cancelled", actions),
    again: () => actions.again(offer),
  };
  for (const button of card.querySelectorAll("[data-action]")) {
    const name = button.dataset.action;
    button.closest("li").hidden = (name === "again") === (offer.state === "live");
    button.setAttribute("aria-describedby", `${card.id}-title`);
    button.addEventListener("click", () => clicks[name](button));
  }
}
