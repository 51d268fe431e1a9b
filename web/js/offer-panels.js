/**
 * What is asked in a card before one of its buttons acts: nothing is done until the panel's own
 * button is pressed.
 */

import { addDays, longDay, parisDay } from "./dates.js";
import { copyOf, fill, focusOn } from "./dom.js";
import { radio } from "./opco-field.js";
import { REASONS } from "./phrases.js";

const LIFE_DAYS = 28;
const PLAIN = { extend: extendPanel, openings: openingsPanel };

/** Open a panel of a card: "extend", "openings", "filled" or "cancelled". */
export function openPanel(card, offer, kind, actions) {
  const view = PLAIN[kind]?.(offer, actions) ?? closePanel(offer, kind, actions);
  fill(view, { name: offer.metier.label });
  showPanel(card, view);
}

/** Put a panel in its card, with a way out, and move the focus to it. */
export function showPanel(card, view) {
  const panel = card.querySelector("[data-notice]");
  view.querySelector("[data-cancel]").addEventListener("click", () => {
    panel.replaceChildren();
    focusOn(card.querySelector("h3"));
  });
  panel.replaceChildren(view);
  focusOn(view.querySelector("h4"));
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
