/**
 * What is asked in a card before one of its buttons acts: nothing is done until the panel's own
 * button is pressed.
 */

import { longDay, parisDay } from "./dates.js";
import { copyOf, fill, focusOn, make } from "./dom.js";
import { keepTyped, sayBegun } from "./draft.js";
import { extension, fourWeeks, reactivation } from "./life.js";
import { page } from "./manage-page.js";
import { radio } from "./opco-field.js";
import { MAX_OPENINGS } from "./payload.js";
import { CHANNELS, REASONS } from "./phrases.js";

const KINDS = {
  extend: { view: extendPanel, may: (offer, { limits }) => live(offer) && extension(offer, limits).possible },
  openings: { view: openingsPanel, may: (offer) => live(offer) && offer.openings < MAX_OPENINGS },
  filled: { view: closingPanel, may: ({ state }) => state !== "withdrawn" },
  // Of one that was filled or expired, asking why it was cancelled would make it so.
  cancelled: { view: closingPanel, may: ({ state }) => ["live", "cancelled"].includes(state) },
  reactivate: { view: reactivatePanel, may: (offer, { limits }) => reactivation(offer, limits).possible },
};

function live({ state }) {
  return state === "live";
}

/** Whether a panel, by its name in KINDS, makes sense for an offer as it is. */
export function mayOpen(offer, kind, actions) {
  return KINDS[kind] ? KINDS[kind].may(offer, actions) : false;
}

/**
 * Open a panel of a card, by its name in KINDS, with what was begun in it. `typed` is what was chosen
 * in it before, when it is opened again; give its view.
 */
export function openPanel(card, offer, kind, actions, typed = null) {
  const view = panelOf(card, offer, kind, actions, typed);
  showPanel(card, view);
  return view;
}

/** Put back in a card, made anew, the panel where something was chosen and not sent. */
export function reopenPanel(card, offer, actions) {
  const draft = page.drafts.get(card.id);
  if (!draft) return;
  if (mayOpen(offer, draft.kind, actions)) putPanel(card, panelOf(card, offer, draft.kind, actions));
  else page.drafts.drop(card.id);
}

// One panel a card, so one draft: what was chosen in another is given up.
function panelOf(card, offer, kind, actions, typed = null) {
  const draft = page.drafts.get(card.id);
  const begun = draft?.kind === kind ? draft : null;
  if (!begun) page.drafts.drop(card.id);
  const view = KINDS[kind].view(offer, actions, { kind, typed: typed ?? begun, name: card.id });
  fill(view, { name: offer.metier.label });
  if (begun && !typed) {
    const place = make("div", { class: "stale" });
    view.querySelector("h4").after(place);
    sayBegun(place);
  }
  return view;
}

/** Put a panel in its card, with a way out, and move the focus to it. */
export function showPanel(card, view) {
  putPanel(card, view);
  focusOn(view.querySelector("h4"));
}

function putPanel(card, view) {
  const panel = card.querySelector("[data-notice]");
  view.querySelector("[data-cancel]").addEventListener("click", () => {
    page.drafts.drop(card.id);
    panel.replaceChildren();
    focusOn(card.querySelector("h3"));
  });
  panel.replaceChildren(view);
}

function confirming(view, act) {
  const confirm = view.querySelector("[data-confirm]");
  confirm.addEventListener("click", () => act(confirm));
  return view;
}

function extendPanel(offer, actions) {
  const until = longDay(extension(offer, actions.limits).until);
  const view = fill(copyOf("extend-panel"), { until });
  return confirming(view, (button) => actions.extend(offer, button));
}

function openingsPanel(offer, actions) {
  const { openings } = offer;
  const texts = { before: String(openings), after: String(openings + 1) };
  const view = fill(copyOf("openings-panel"), texts);
  return confirming(view, (button) => actions.addOpening(offer, button));
}

function reactivatePanel(offer, actions) {
  const past = offer.start_on && offer.start_on < parisDay();
  const late = `Sa date de début est passée (${past ? longDay(offer.start_on) : ""})\u00a0: l’offre dira «\u00a0dès que possible\u00a0».`;
  const texts = { until: longDay(fourWeeks()), late: past ? late : "" };
  const view = fill(copyOf("reactivate-panel"), texts);
  return confirming(view, (button) => actions.reactivate(offer, button));
}

function closingPanel(offer, actions, { kind: outcome, typed, name }) {
  const view = copyOf(live(offer) ? `${outcome}-panel` : `${outcome}-said-panel`);
  const said = typed ?? offer;
  const reasons = Object.entries(REASONS[outcome]).map(([code, label]) =>
    // Named after the offer: panels of several cards may be open at once.
    radio(`reason-${offer.id}`, code, code, label, said.reason === code),
  );
  view.querySelector("[data-reasons]").append(...reasons);
  const channel = channelField(view, offer, said);
  const read = () => {
    const reason = view.querySelector("input:checked")?.value ?? null;
    return { reason, channel: channel() };
  };
  keepTyped(page.drafts, name, view, () => ({ kind: outcome, ...read() }), Boolean(typed));
  return confirming(view, (button) => actions.close(offer, { outcome, ...read() }, button));
}

// By which channel: asked once the reason says that somebody was found, and how far we helped.
function channelField(view, offer, said) {
  const place = make("div", { class: "fr-select-group" });
  const id = `channel-${offer.id}`;
  const select = make("select", { class: "fr-select", id });
  place.append(make("label", { class: "fr-label", for: id }, "Par quel moyen\u00a0? (facultatif)"), select);
  const show = (reason, chosen) => {
    const options = Object.entries(CHANNELS[reason] ?? {}).map(([code, label]) =>
      make("option", { value: code, selected: code === chosen }, label),
    );
    select.replaceChildren(make("option", { value: "" }, "Je préfère ne pas le dire"), ...options);
    place.hidden = options.length === 0;
  };
  view.querySelector("[data-reasons]").after(place);
  view.addEventListener("change", ({ target }) => target.type === "radio" && show(target.value));
  show(said.reason, said.channel);
  return () => select.value || null;
}
