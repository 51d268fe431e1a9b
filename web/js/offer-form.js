/**
 * The form of one need on the manage page: to edit an offer or to deposit another. One at a time is
 * open.
 */

import { parisDay } from "./dates.js";
import { byId, copyOf, focusOn, make, terms } from "./dom.js";
import { hushErrors, hushOnInput, perform, showAlert, showErrors, showRefusal } from "./messages.js";
import { offerFields } from "./offer-fields.js";
import { offerBody, offerErrors } from "./payload.js";
import { STATES, needFacts } from "./phrases.js";

const STALE = "Cette offre a été modifiée entre-temps";
const STALE_TEXT =
  "Ce que vous avez tapé est conservé plus bas, mais pas enregistré. Voici ce qui l’est\u00a0:";

const ASK =
  "Un autre formulaire est ouvert, et ce que vous y avez tapé n’est pas enregistré. L’abandonner\u00a0?";

// Whether something was typed in the form that is open.
let changed = () => false;

/**
 * Open the form in its place, unless another was changed and is to be kept. `values` fills it, `recordedStart` is the start date of the offer
 * edited, `send(body, duplicates)` gives the server's answer, `done(offer)` is told of success.
 * `refused(result, draft, accept)` may take an answer for itself, by giving true: `draft` is what was
 * sent, as `fill` takes it; `accept(button)` sends the form again, whatever is already live.
 */
export function openOfferForm({ title, button, values, recordedStart, send, done, refused }) {
  if (changed() && !confirm(ASK)) return;
  const form = copyOf("offer-form");
  byId("offer-form-place").replaceChildren(form);
  byId("offer-form-title").textContent = title;
  byId("submit").textContent = button;
  const summary = byId("summary");
  const fields = offerFields();
  fields.fill(values);
  const filled = JSON.stringify(fields.draft());
  changed = () => form.isConnected && JSON.stringify(fields.draft()) !== filled;

  async function attempt(retry, duplicates) {
    hushErrors(form);
    if (duplicates === "ask") summary.replaceChildren();
    const typed = fields.read();
    const errors = offerErrors(typed, parisDay(), recordedStart);
    if (errors.length > 0) return showErrors(summary, errors);
    const draft = fields.draft();
    const result = await send(offerBody(typed), duplicates);
    if (result.ok) return done(result.data);
    return refused(result, draft, accept) || showRefusal(summary, result, retry);
  }

  function submit(button = byId("submit"), duplicates = "ask") {
    const words = "Envoi en cours…";
    return perform(button, words, () => summary, (retry) => attempt(retry, duplicates));
  }

  function accept(button) {
    return submit(button, "accept");
  }

  hushOnInput(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  byId("offer-form-cancel").addEventListener("click", closeOfferForm);
  focusOn(byId("offer-form-title"));
}

/** Close the form, if one is open. */
export function closeOfferForm() {
  byId("offer-form-place").replaceChildren();
  focusOn(byId("offers-title"));
}

/** Say above the open form that the offer changed elsewhere, and show what is recorded now. */
export function showStale(current) {
  const facts = terms([
    ["État", STATES[current.state].label],
    ["Métier", current.metier.label],
    ...needFacts(current),
  ]);
  showAlert(
    byId("summary"),
    "warning",
    STALE,
    make("p", {}, STALE_TEXT),
    make("dl", { class: "facts" }, ...facts),
  );
}
