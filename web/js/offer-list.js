/** The cards of the manage page: those online, the others folded, and what is said in them. */

import { lifePhrase } from "./deposit-phrases.js";
import { byId, make } from "./dom.js";
import { tell } from "./draft.js";
import { limitsPhrase } from "./life.js";
import { page } from "./manage-page.js";
import { showAlert } from "./messages.js";
import { offerCard } from "./offer-card.js";
import { endedPhrase, onlinePhrase } from "./phrases.js";

/** Show an offer as the server has just given it, and say in its card what was done. */
export function show(offer, title) {
  update(offer);
  announce(offer, title);
}

/** Say in the card of an offer what was done. */
export function announce(offer, title) {
  showAlert(noticeOf(offer), "success", title, make("p", {}, lifePhrase(offer)));
}

/** The same, said to somebody who is typing elsewhere, and goes on. */
export function mention(offer, title) {
  tell(noticeOf(offer), `${title}. ${lifePhrase(offer)}`);
}

/** Show an offer as the server has just given it. */
export function update(offer) {
  const known = page.offers.some(({ id }) => id === offer.id);
  page.offers = known
    ? page.offers.map((other) => (other.id === offer.id ? offer : other))
    : [offer, ...page.offers];
  showOffers();
}

/** Where something is said in a card; those of ended offers are unfolded for it. */
export function noticeOf({ id }) {
  const notice = byId(`offre-${id}-notice`);
  const fold = notice.closest("details");
  if (fold) fold.open = true;
  return notice;
}

/** Show every offer of the page: those online, then the others, folded. */
export function showOffers() {
  const { offers, recruiter, choices } = page;
  const live = offers.filter(isLive);
  const ended = offers.filter((offer) => !isLive(offer));
  const firm = { verification: recruiter.verification, choices, alone: live.length === 1 };
  const cards = (shown) => shown.map((offer) => offerCard(offer, firm, page.actions));
  byId("offers").replaceChildren(...cards(live));
  byId("ended-offers").replaceChildren(...cards(ended));
  byId("ended").hidden = ended.length === 0;
  if (live.length === 0) byId("ended").open = true;
  byId("limits").textContent = limitsPhrase(page.limits);
  byId("offers-title").textContent = onlinePhrase(live.length);
  byId("ended-title").textContent = endedPhrase(ended.length);
}

/** Whether an offer is online. */
export function isLive({ state }) {
  return state === "live";
}
