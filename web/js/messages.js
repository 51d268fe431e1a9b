/** What the page says under a field and above a form. */

import { busy, byId, focusOn, make } from "./dom.js";

const DOWN_TITLE = "Nous n’avons pas pu joindre le service";
const DOWN_TEXT = "Ce que vous avez tapé est conservé. Vérifiez votre connexion, puis réessayez.";

// Whole class names: the build keeps of the DSFR only what it finds written in the pages and
// scripts.
const MESSAGES = {
  error: "fr-message--error",
  valid: "fr-message--valid",
  info: "fr-message--info",
};
const ALERTS = {
  error: "fr-alert--error",
  success: "fr-alert--success",
  warning: "fr-alert--warning",
};
const GROUPS = {
  "fr-input-group": { error: "fr-input-group--error", valid: "fr-input-group--valid" },
  "fr-select-group": { error: "fr-select-group--error", valid: "fr-select-group--valid" },
  "fr-checkbox-group": { error: "fr-checkbox-group--error", valid: "fr-checkbox-group--valid" },
};

/**
 * The id of a field in the page, from its name in the API: "offers.0.metier" and "metier" are the
 * same field, "other_metiers.1" is "other_metiers".
 */
export function fieldId(field) {
  return field
    .replace(/^offers\.\d+\./, "")
    .replace(/\.\d+$/, "")
    .replaceAll(".", "-");
}

/** Say something under a field: kind is "error", "valid" or "info". */
export function say(field, kind, ...texts) {
  const id = fieldId(field);
  const control = byId(id);
  const text = texts.filter(Boolean).join(" ");
  byId(`${id}-messages`).replaceChildren(
    ...(text ? [make("p", { class: `fr-message ${MESSAGES[kind]}` }, text)] : []),
  );
  for (const [name, looks] of Object.entries(GROUPS)) {
    for (const [look, className] of Object.entries(looks)) {
      control.closest(`.${name}`)?.classList.toggle(className, look === kind);
    }
  }
  const details = control.closest("details");
  if (details && kind === "error") details.open = true;
  if (kind === "error") control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

/** Take back what was said under a field. */
export function hush(field) {
  say(field, "info");
}

/**
 * Take an error back as soon as its field changes; before the field's own listeners, which may have
 * another to say.
 */
export function hushOnInput(form) {
  const listener = ({ target }) => target.hasAttribute("aria-invalid") && hush(target.name);
  form.addEventListener("input", listener, { capture: true });
}

/** Take back every error of a form; what was said that is not an error stays. */
export function hushErrors(form) {
  for (const control of form.querySelectorAll("[aria-invalid]")) hush(control.name);
}

/**
 * Show errors beside their fields and in a summary that takes the focus. `place` is where the
 * summary goes.
 */
export function showErrors(place, errors) {
  for (const { field, message, remedy } of errors) {
    if (document.getElementById(fieldId(field))) say(field, "error", message, remedy);
  }
  const title = errors.length === 1 ? "Un point à corriger" : `${errors.length} points à corriger`;
  showAlert(place, "error", title, make("ul", {}, ...errors.map(summaryLine)));
}

/** Show what the server answered when it did not do what was asked; `retry` does it again. */
export function showRefusal(place, result, retry) {
  if (result.down) showDown(place, retry);
  else if (result.errors.length > 0) showErrors(place, result.errors);
  else
    showAlert(place, "error", "Votre demande n’a pas été acceptée", make("p", {}, result.detail));
}

/**
 * Run the action of a button, once at a time. Should it break in a way nobody foresaw, say so in
 * `place()` and offer to try again: a press never does nothing. `action` is given the retry.
 */
export async function perform(button, words, place, action) {
  const retry = () => perform(button, words, place, action);
  try {
    await busy(button, words, () => action(retry));
  } catch (error) {
    console.error(error);
    showDown(place(), retry);
  }
}

/** Say that the service could not be reached, with a button that tries again. */
export function showDown(place, retry) {
  const button = make(
    "button",
    { type: "button", class: "fr-btn fr-btn--secondary fr-btn--sm" },
    "Réessayer",
  );
  button.addEventListener("click", retry);
  showAlert(place, "error", DOWN_TITLE, make("p", {}, DOWN_TEXT), button);
}

/** Put an alert in a place and move the focus to it. */
export function showAlert(place, kind, title, ...content) {
  const name = make("p", { class: "fr-alert__title", id: `${place.id}-title` }, title);
  const attributes = {
    class: `fr-alert ${ALERTS[kind]}`,
    role: "group",
    "aria-labelledby": name.id,
  };
  const alert = make("div", attributes, name, ...content);
  place.replaceChildren(alert);
  // One taller than the window is read from its beginning.
  focusOn(alert, alert.offsetHeight < innerHeight ? "center" : "start");
}

/** What to do is said beside the field; here, of one that the page does not have. */
function summaryLine({ field, message, remedy }) {
  const id = fieldId(field);
  const reachable = document.getElementById(id);
  const all = [message, remedy].filter(Boolean).join(" ");
  return make("li", {}, reachable ? make("a", { href: `#${id}` }, message) : all);
}
