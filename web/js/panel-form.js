/** A form that opens in its place on the manage page, and what is said while it is sent. */

import { byId, copyOf, focusOn, make, terms } from "./dom.js";
import { keepTyped, sayBegun } from "./draft.js";
import { page, refusedInForm } from "./manage-page.js";
import { hushErrors, hushOnInput, perform, showAlert, showErrors, showRefusal } from "./messages.js";

const STALE_TEXT =
  "Ce que vous avez tapé est conservé plus bas, mais pas enregistré. Enregistrez à nouveau pour le " +
  "garder. Voici ce qui est enregistré\u00a0:";

/**
 * Open `<name>-form` in `<name>-form-place`, on `recruiter`. `attach(draft)` gives its fields, filled with
 * the draft there is, or with what is recorded: their `read()` is what is typed, of which `errors(typed)` are shown and `body(typed)` is sent.
 * `send(body)` gives the server's answer; `done(page)` is told of success, `elsewhere(page)` of a
 * change made elsewhere. `prefix` is what the page's fields are called before the API's names,
 * `stale` the title said of a change made elsewhere and `recorded(recruiter)` the facts shown with
 * it, as pairs; `from` the button to go back to. Resolves to nothing.
 */
export function openPanelForm(name, recruiter, form) {
  const { attach, errors, body, send, done, elsewhere, prefix, stale, recorded, from } = form;
  const element = copyOf(`${name}-form`);
  byId(`${name}-form-place`).replaceChildren(element);
  const summary = byId(`${name}-summary`);
  const draft = page.drafts.get(name);
  const fields = attach(draft?.typed);
  // A draft is of what was recorded when it was begun: a change made since is told, not replaced.
  let version = draft?.version ?? recruiter.version;
  const kept = () => ({ version, typed: fields.read() });
  keepTyped(page.drafts, name, element, kept, Boolean(draft));
  if (draft) sayBegun(summary);

  async function attempt(retry) {
    hushErrors(element);
    summary.replaceChildren();
    const typed = fields.read();
    const found = errors(typed);
    if (found.length > 0) return showErrors(summary, found);
    const result = await send({ version, ...body(typed) });
    if (result.ok) {
      close();
      return done(result.data);
    }
    return refusedInForm(result, summary) || moved(result) || showRefusal(summary, placed(result), retry);
  }

  function moved({ current }) {
    if (!current) return false;
    elsewhere(current);
    version = current.recruiter.version; // the next attempt replaces what is now recorded
    const facts = make("dl", { class: "facts" }, ...terms(recorded(current.recruiter)));
    showAlert(summary, "warning", stale, make("p", {}, STALE_TEXT), facts);
    return true;
  }

  function placed(result) {
    const named = (result.errors ?? []).map((error) => ({
      ...error,
      field: `${prefix}${error.field}`,
    }));
    return { ...result, errors: named };
  }

  function close() {
    page.drafts.drop(name);
    element.remove(); // itself: it may have been opened again while the answer came
  }

  hushOnInput(element);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    perform(byId(`${name}-submit`), "Envoi en cours…", () => summary, attempt);
  });
  byId(`${name}-cancel`).addEventListener("click", () => {
    close();
    focusOn(byId(from));
  });
  focusOn(byId(`${name}-form-title`));
}
