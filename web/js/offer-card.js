/** One offer on the manage page: what it is, where it stands, what can be done. */

import { addDays, longDay, parisDay } from "./dates.js";
import { lifePhrase } from "./deposit-phrases.js";
import { copyOf, fill, focusOn, make, terms } from "./dom.js";
import { employerPhrase } from "./employer-phrases.js";
import { chosenOpco, opcoRadios, radio } from "./opco-field.js";
import { opcoPhrase } from "./opco-phrases.js";
import { STATES, REASONS, cfaLine, cfaPhrase, needFacts } from "./phrases.js";

const LIFE_DAYS = 28;
const PLAIN = { extend: extendPanel, openings: openingsPanel };

/**
 * The card of an offer; `firm` holds its {verification, choices}: the OPCOs to choose from.
 * `actions` does what the buttons say: edit(offer), again(offer), extend(offer, button),
 * addOpening(offer, button), close(offer, {outcome, reason}, button), opco(offer).
 */
export function offerCard(offer, firm, actions) {
  const card = fill(copyOf("offer-card"), {
    title: offer.metier.label,
    state: STATES[offer.state].label,
    life: lifePhrase(offer),
    employer: employerPhrase(offer.employer),
    opco: opcoPhrase(offer.opco, offer.state),
    "cfa-phrase": offer.cfas.length > 0 ? "" : cfaPhrase(offer, firm.verification),
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
  card.querySelector("[data-opco]").hidden = !mayDeclare(offer, firm);
  attach(card, offer, actions);
  return card;
}

/**
 * Open one of the confirmations of a card: "extend", "openings", "filled" or "cancelled". Nothing is
 * done until its button is pressed.
 */
export function openPanel(card, offer, kind, actions) {
  const view = PLAIN[kind]?.(offer, actions) ?? closePanel(offer, kind, actions);
  fill(view, { name: offer.metier.label });
  showPanel(card, view);
}

function showPanel(card, view) {
  const panel = card.querySelector("[data-notice]");
  view.querySelector("[data-cancel]").addEventListener("click", () => {
    panel.replaceChildren();
    focusOn(card.querySelector("h3"));
  });
  panel.replaceChildren(view);
  focusOn(view.querySelector("h4"));
}

/** Open the choice of the firm's OPCO in a card. `declare(opco, button)` sends it. */
export function openOpcoPanel(card, offer, { choices, claim }, declare) {
  const view = copyOf("opco-panel");
  const radios = opcoRadios(`opco-${offer.id}`, choices, claim);
  view.querySelector("[data-choices]").replaceChildren(...radios);
  const confirm = view.querySelector("[data-confirm]");
  confirm.addEventListener("click", () => declare(chosenOpco(view), confirm));
  showPanel(card, view);
}

function mayDeclare(offer, { choices }) {
  return offer.state === "live" && choices.length > 0 && offer.opco.declarable;
}

function attach(card, offer, actions) {
  const clicks = {
    edit: () => actions.edit(offer),
    extend: (button) => actions.extend(offer, button),
    filled: () => openPanel(card, offer, "filled", actions),
    cancelled: () => openPanel(card, offer, "cancelled", actions),
    again: () => actions.again(offer),
  };
  const declare = card.querySelector("[data-opco] button");
  declare.setAttribute("aria-describedby", `${card.id}-title`);
  declare.addEventListener("click", () => actions.opco(offer));
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

function openingsPanel(offer, actions) {
  const view = fill(copyOf("openings-panel"), {
    before: String(offer.openings),
    after: String(offer.openings + 1),
  });
  const confirm = view.querySelector("[data-confirm]");
  confirm.addEventListener("click", () => actions.addOpening(offer, confirm));
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
  return radio(`reason-${offer.id}`, code, code, label);
}
