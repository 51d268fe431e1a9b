/**
 * The form of one need on the manage page: to edit an offer or to deposit another. One at a time is
 * open.
 */

import { parisDay } from "./dates.js";
import { byId, copyOf, focusOn, make, terms } from "./dom.js";
import { keepTyped, sayBegun, tell } from "./draft.js";
import { page } from "./manage-page.js";
import { hushErrors, hushOnInput, perform, showAlert, showErrors, showRefusal } from "./messages.js";
import { offerFields } from "./offer-fields.js";
import { offerBody, offerErrors } from "./payload.js";
import { STATES, needFacts } from "./phrases.js";

const STALE = "Cette offre a été modifiée entre-temps";
const STALE_TEXT =
  "Ce que vous avez tapé est conservé plus bas, mais pas enregistré. Voici ce qui l’est\u00a0:";

const MISSED =
  "L’autre formulaire n’a pas été enregistré. Ce que vous y avez tapé est gardé\u00a0: rouvrez-le.";
const OTHER_KEPT = "Ce que vous avez tapé dans l’autre formulaire est gardé\u00a0: rouvrez-le pour le retrouver.";

let opened = ""; // the name of the draft of the form that is open

/**
 * Open the form in its place. `name` is that of its draft, and `recorded` the offer it is about, or
 * one to start from; `typed` was typed in another form and goes along. `send(body, {version,
 * duplicates})` gives the server's answer, `done(offer, close)` is told of success. `refused(result,
 * sent)` may take an answer for itself, by giving true: `sent` holds the `draft` that was, as `fill`
 * takes it, `accept(button)`, which sends the form again, whatever is already live, `close` and the
 * `summary` of the form. `close()` forgets what was typed in this form, and closes it, giving true,
 * unless it was already: another may have taken its place while the answer came.
 */
export function openOfferForm({ name, title, button, recorded, typed, send, done, refused }) {
  const form = copyOf("offer-form");
  byId("offer-form-place").replaceChildren(form);
  byId("offer-form-title").textContent = title;
  byId("submit").textContent = button;
  const summary = byId("summary");
  const begun = typed ? null : page.drafts.get(name);
  // A draft is of what was recorded when it was begun: a change made since is told, not replaced.
  let { version } = begun ?? recorded ?? {};
  const fields = offerFields();
  fields.fill(typed ?? begun?.typed ?? recorded, recorded);
  const kept = () => ({ version, typed: fields.draft() });
  keepTyped(page.drafts, name, form, kept, Boolean(begun));
  if (typed) page.drafts.set(name, kept());
  sayFirst();

  function sayFirst() {
    const other = opened !== name && page.drafts.get(opened);
    opened = name;
    if (begun) sayBegun(summary);
    else if (other) tell(summary, OTHER_KEPT);
  }

  async function attempt(retry, duplicates) {
    hushErrors(form);
    if (duplicates === "ask") summary.replaceChildren();
    const values = await fields.read();
    if (!form.isConnected) return null; // given up while the métiers came
    const errors = offerErrors(values, parisDay(), recorded?.start_on);
    if (errors.length > 0) return showErrors(summary, errors);
    const draft = fields.draft();
    const result = await send(offerBody(values), { version, duplicates });
    if (result.ok) return done(result.data, close);
    if (!form.isConnected) return sayMissed();
    version = result.current?.version ?? version; // the next attempt replaces what is now shown
    return refused(result, { draft, accept, close, summary }) || showRefusal(summary, result, retry);
  }

  function submit(button = byId("submit"), duplicates = "ask") {
    const words = "Envoi en cours…";
    return perform(button, words, () => summary, (retry) => attempt(retry, duplicates));
  }

  function accept(button) {
    return submit(button, "accept");
  }

  function sayMissed() {
    const place = document.getElementById("summary") ?? byId("page-notice");
    if (page.drafts.get(name)) tell(place, MISSED);
  }

  function close() {
    page.drafts.drop(name);
    if (!form.isConnected) return false;
    opened = "";
    form.remove();
    focusOn(byId("offers-title"));
    return true;
  }

  hushOnInput(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  byId("offer-form-cancel").addEventListener("click", close);
  focusOn(byId("offer-form-title"));
}

/** Say above a form, in `summary`, that the offer changed elsewhere, and show what is recorded now. */
export function showStale(summary, current) {
  const facts = terms([
    ["État", STATES[current.state].label],
    ["Métier", current.metier.label],
    ...needFacts(current),
  ]);
  showAlert(
    summary,
    "warning",
    STALE,
    make("p", {}, STALE_TEXT),
    make("dl", { class: "facts" }, ...facts),
  );
}
