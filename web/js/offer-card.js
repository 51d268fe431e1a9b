/** One offer on the manage page: where it stands, what can be done, and its blocks. */

import { cfasBlock, hasCandidates } from "./card-cfas.js";
import { endBlock } from "./card-end.js";
import { historyBlock } from "./card-history.js";
import { needBlock } from "./card-need.js";
import { mayDeclare, opcoBlock } from "./card-opco.js";
import { whereBlock } from "./card-where.js";
import { copyOf, fill } from "./dom.js";
import { employerPhrase } from "./employer-phrases.js";
import { limitPhrase } from "./life.js";
import { mayOpen, openPanel, reopenPanel } from "./offer-panels.js";
import { STATES, lifeLines } from "./phrases.js";

// What unfolds under the head of a card, in this order: one file a block (card-block.js).
const BLOCKS = [endBlock, needBlock, opcoBlock, cfasBlock, whereBlock, historyBlock];

const SOON_DAYS = 7; // as the reminder

// Cards are made anew at each change: what the reader unfolded or folded stays so.
const unfolded = new Map();

/**
 * The card of an offer. `firm` holds {verification, choices, alone}: the OPCOs to choose from, and
 * whether this is the only live offer. `actions` does what the buttons say: edit(offer),
 * again(offer), extend(offer, button), addOpening(offer, button), close(offer, {outcome, reason,
 * channel}, button), reactivate(offer, button), opco(offer); `actions.limits` are those of the page.
 */
export function offerCard(offer, firm, actions) {
  const id = `offre-${offer.id}`;
  const card = fill(copyOf("offer-card"), {
    title: offer.metier.label,
    state: STATES[offer.state].label,
    ...lifeLines(offer),
    limit: limitPhrase(offer, actions.limits),
    employer: employerPhrase(offer.employer),
  });
  card.id = id;
  card.setAttribute("aria-labelledby", `${id}-title`);
  card.querySelector("h3").id = `${id}-title`;
  card.querySelector('[data-slot="state"]').classList.add(STATES[offer.state].badge);
  const soon = offer.state === "live" && offer.days_left <= SOON_DAYS;
  card.querySelector(".offer__life").classList.toggle("offer__life--soon", soon);
  card.querySelector("[data-online]").hidden = offer.state !== "live";
  card.querySelector("[data-online] a").href = `/offres/${offer.id}`;
  card.querySelector("[data-notice]").id = `${id}-notice`;
  const blocks = BLOCKS.map((make) => make(offer, { id, firm, actions }));
  card.querySelector("[data-blocks]").replaceChildren(...blocks.filter(Boolean));
  keepFolded(card.querySelector("details"), offer, firm);
  attach(card, offer, actions);
  reopenPanel(card, offer, actions);
  return card;
}

// One offer alone, a question to answer, a centre that has candidates: read at once.
function keepFolded(details, offer, firm) {
  const { id, state } = offer;
  const live = state === "live";
  const read = live && (firm.alone || mayDeclare(offer, firm) || hasCandidates(offer));
  details.open = unfolded.has(id) ? unfolded.get(id) : read;
  details.addEventListener("toggle", () => unfolded.set(id, details.open));
}

function attach(card, offer, actions) {
  const panel = (kind) => () => openPanel(card, offer, kind, actions);
  const live = offer.state === "live";
  const buttons = {
    edit: { shown: live, press: () => actions.edit(offer) },
    extend: { shown: mayOpen(offer, "extend", actions), press: panel("extend") },
    filled: { shown: live, press: panel("filled") },
    cancelled: { shown: live, press: panel("cancelled") },
    reactivate: { shown: mayOpen(offer, "reactivate", actions), press: panel("reactivate") },
    again: { shown: !live, press: () => actions.again(offer) },
  };
  for (const button of card.querySelectorAll("[data-action]")) {
    const { shown, press } = buttons[button.dataset.action];
    button.closest("li").hidden = !shown;
    button.setAttribute("aria-describedby", `${card.id}-title`);
    button.addEventListener("click", press);
  }
}
