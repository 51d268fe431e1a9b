/** The form that corrects the firm's name and address on the manage page. */

import { correctionFields } from "./correction-fields.js";
import { byId, copyOf, focusOn, make, terms } from "./dom.js";
import { hushErrors, hushOnInput, perform, showAlert, showErrors, showRefusal } from "./messages.js";
import { correctionBody, correctionErrors } from "./payload.js";

const STALE = "L’entreprise a été modifiée entre-temps";
const STALE_TEXT =
  "Ce que vous avez tapé est conservé plus bas, mais pas enregistré. Enregistrez à nouveau pour le " +
  "garder. Voici ce qui est enregistré\u00a0:";
const NOTHING = { name: null, address: null };

/**
 * Open the form in its place, on what was corrected before. `send(body)` gives the server's answer;
 * `done(recruiter)` is told of success, `refused(result)` may take an answer for itself by giving
 * true. Resolves to nothing.
 */
export function openFirmForm(recruiter, { send, done, refused }) {
  const form = copyOf("firm-form");
  byId("firm-form-place").replaceChildren(form);
  const summary = byId("firm-summary");
  const fields = correctionFields();
  let { version } = recruiter;
  fields.fill(recruiter.correction);

  async function attempt(retry) {
    hushErrors(form);
    summary.replaceChildren();
    const typed = fields.read();
    const errors = correctionErrors(typed);
    if (errors.length > 0) return showErrors(summary, errors);
    const result = await send({ version, ...(correctionBody(typed) ?? NOTHING) });
    if (result.ok) {
      closeFirmForm();
      return done(result.data);
    }
    return refused(result) || stale(result) || showRefusal(summary, placed(result), retry);
  }

  function stale({ current }) {
    if (!current) return false;
    version = current.version; // the next attempt replaces what is now recorded
    const facts = make("dl", { class: "facts" }, ...terms(recorded(current)));
    showAlert(summary, "warning", STALE, make("p", {}, STALE_TEXT), facts);
    return true;
  }

  hushOnInput(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    perform(byId("firm-submit"), "Envoi en cours…", () => summary, attempt);
  });
  byId("firm-cancel").addEventListener("click", () => {
    closeFirmForm();
    focusOn(byId("correct-firm"));
  });
  focusOn(byId("firm-form-title"));
}

function recorded({ company_name: name, address }) {
  return [
    ["Nom", name ?? "celui de l’annuaire des entreprises"],
    ["Adresse", address?.label ?? "celle de l’annuaire des entreprises"],
  ];
}

function closeFirmForm() {
  byId("firm-form-place").replaceChildren();
}

// The API names its own fields; the page's are those of a deposit.
function placed(result) {
  const errors = (result.errors ?? []).map((error) => ({
    ...error,
    field: `correction.${error.field}`,
  }));
  return { ...result, errors };
}
