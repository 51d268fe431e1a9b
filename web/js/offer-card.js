/** One offer on the manage page: what it is, where it stands, what can be done. */

import { addDays, longDay, parisDay } from "./dates.js";
import { copyOf, fill, focusOn, make, terms } from "./dom.js";
import { opcoPhrase } from "./opco-phrases.js";
import { STATES, REASONS, cfaLine, cfaPhrase, lifePhrase, needFacts } from "./phrases.js";

const LIFE_DAYS = 28;

/**
 * The card of an offer; `verification` is its firm's. `actions` does what the buttons say:
 * edit(offer), again(offer), extend(offer, button), close(offer, {outcome, reason}, button).
 */
export function offerCard(offer, verification, actions) {
  const card = fill(copyOf("offer-card"), {
    title: offer.metier.label,
    state: STATES[offer.state].label,
    life: lifePhrase(offer),
    opco: opcoPhrase(offer.opco),
    "cfa-phrase": offer.cfas.length > 0 ? "" : cfaPhrase(offer, verification),
  });
  card.id = `offre-${offer.id}`;
  card.setAttribute("aria-labelledby", `${card.id}-title`);
  card.querySelector('[data-slot="title"]').id = `${card.id}-title`;
  card.querySelector('[data-slot="state"]').classList.add(STATES[offer.state].badge);
  card.querySelector("[data-facts]").replaceChildren(...terms(needFacts(offer)));
  const asked = card.querySelector("[data-cfas]");
  asked.replaceChildren(...offer.cfas.map((cfa) => make("li", {}, cfaLine(cfa))));
  asked.hidden = offer.cfas.length === 0;
  card.querySelector("[data-notice]").id = `${card.id}-notice`;
  attach(card, offer, actions);
  return card;
}

/**
 * Open one of the confirmations of a card: "extend", "filled" or "cancelled". Nothing is done until
 * its button is pressed.
 */
export function openPanel(card, offer, kind, actions) {
  const panel = card.querySelector("[data-notice]");
  const view = kind === "extend" ? extendPanel(offer, actions) : closePanel(offer, kind, actions);
  fill(view, { name: offer.metier.label });
  view.querySelector("[data-cancel]").addEventListener("click", () => {
    panel.replaceChildren();
    focusOn(card.querySelector("h3"));
  });
  panel.replaceChildren(view);
  focusOn(view.querySelector("h4"));
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

function extendPanel(offer, actions) {
  const view = fill(copyOf("extend-panel"), { until: longDay(addDays(parisDay(), LIFE_DAYS)) });
  const confirm = view.querySelector("[data-confirm]");
  confirm.addEventListener("click", () => actions.extend(offer, confirm));
  return view;
}

function closePanel(offer, outcome, actions) {
  const view = copyOf(`${outcome}-panel`);
  const reasons = Object.entries(REASONS[outcome]).map((reason) => reasonRadio(offer, reason));
  view.querySelector("[data-reasons]").append(...reasons);
  const confirm = view.querySelector("[data-confirm]");
  confirm.addEventListener("click", () => {
    const reason = view.querySelector("input:checked")?.value ?? null;
    actions.close(offer, { outcome, reason }, confirm);
  });
  return view;
}

// Named after the offer: panels of several cards may be open at once.
function reasonRadio(offer, [code, label]) {
  const name = `reason-${offer.id}`;
  const id = `${name}-${code}`;
  const input = make("input", { type: "radio", name, id, value: code });
  const group = make(
    "div",
    { class: "fr-radio-group" },
    input,
    make("label", { class: "fr-label", for: id }, label),
  );
  return make("div", { class: "fr-fieldset__element" }, group);
}
