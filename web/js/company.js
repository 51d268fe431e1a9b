/**
 * The SIRET field: as soon as it holds 14 digits, the firm behind it is shown under it, and its
 * OPCO. A SIREN, or a closed establishment, offers the open ones.
 */

import { call } from "./api.js";
import { askChoices, readChoices, showChoices } from "./choices.js";
import { naturePhrase } from "./deposit-phrases.js";
import { byId, focusOn, make } from "./dom.js";
import { finder } from "./finder.js";
import { hush, perform, say } from "./messages.js";
import { opcoField } from "./opco-field.js";
import { INVALID_SIRET } from "./payload.js";
import { digitsOf, isSiren, isSiret, spaced } from "./siret.js";

const PATIENCE_MS = 8_000;
const PAUSE_MS = 800; // every SIRET typed is a SIREN on its way
const LENGTH = 14;
const TO_VERIFY = [
  "L’annuaire des entreprises ne répond pas pour l’instant.",
  "Vous pouvez continuer avec ce numéro\u00a0: nous le vérifierons plus tard.",
];
const HIDDEN = [
  "Cette entreprise n’apparaît pas dans les annuaires publics\u00a0: nous n’en montrerons que le SIRET,",
  "et le nom et l’adresse que vous indiquez ci-dessous.",
];
const SIREN = [
  "C’est un SIREN\u00a0: il désigne l’entreprise.",
  "Le SIRET, 5 chiffres de plus, désigne l’établissement où travaillera l’apprenti.",
];
const OPEN_ONES = "Choisissez ci-dessous un établissement ouvert de la même entreprise.";
const NONE_OPEN = "Aucun établissement ouvert de cette entreprise dans l’annuaire.";
const NO_CHOICE = [
  "L’annuaire des entreprises ne répond pas pour l’instant.",
  "Tapez les 14 chiffres du SIRET si vous les avez\u00a0: vous pouvez continuer avec.",
];

/** Attach the field; `correction` is told when it must say what is shown of the firm. */
export function companyField(correction) {
  const input = byId("siret");
  const choices = byId("company-choices");
  const notice = byId("company-notice");
  const panel = finder(pick);
  const opco = opcoField();
  let asked = "";
  let pause = 0; // the timer that runs from a SIREN to what is said of it

  /** Look the firm up; `chosen` is the OPCO a draft holds. */
  async function look(chosen = null) {
    const digits = digitsOf(input.value);
    if (digits === asked) return;
    asked = digits;
    correction.need(false);
    choices.replaceChildren();
    notice.replaceChildren();
    opco.show(null);
    if (digits.length < LENGTH) return meanwhile(digits);
    if (!isSiret(digits)) return say("siret", "error", INVALID_SIRET.message, INVALID_SIRET.remedy);
    input.value = spaced(digits);
    say("siret", "info", "Recherche de l’entreprise…");
    const result = await call("GET", `/companies/${digits}`, { patience: PATIENCE_MS });
    // An answer that comes after another number was typed, or the need was deposited, is dropped.
    if (digits !== asked || !input.isConnected) return null;
    if (result.ok) opco.show(result.data.opco, chosen);
    return show(result, digits);
  }

  function meanwhile(digits) {
    hush("siret");
    clearTimeout(pause);
    if (isSiren(digits)) pause = setTimeout(() => digits === asked && offerSiren(digits), PAUSE_MS);
  }

  function offerSiren(siren) {
    clearTimeout(pause); // or it would take away the establishments that Enter shows
    say("siret", "info", ...SIREN);
    const button = make(
      "button",
      { type: "button", class: "fr-btn fr-btn--secondary" },
      "Voir ses établissements",
    );
    button.addEventListener("click", () => establishments(siren, button));
    choices.replaceChildren(button);
  }

  function establishments(siren, button) {
    return perform(
      button,
      "Recherche…",
      () => choices,
      async () => {
        await list(siren);
        readChoices(choices);
      },
    );
  }

  async function list(siren) {
    const before = asked;
    const result = await askChoices(siren);
    if (before !== asked) return 0;
    if (!result.ok) {
      say("siret", "info", ...NO_CHOICE);
      return 0;
    }
    const shown = showChoices(choices, result.data, pick, NONE_OPEN);
    if (shown > 0 && result.data.more) choices.append(narrower(siren));
    return shown;
  }

  function narrower(siren) {
    const button = make(
      "button",
      { type: "button", class: "fr-btn fr-btn--secondary fr-btn--sm" },
      "Préciser la ville",
    );
    button.addEventListener("click", () => panel.narrow(siren));
    return button;
  }

  function pick(siret) {
    input.value = spaced(siret);
    // As if typed: the draft is kept, an error is taken back, the firm is looked up.
    input.dispatchEvent(new Event("input", { bubbles: true }));
    focusOn(byId("siret-messages"), "center");
  }

  function show(result, siret) {
    if (result.ok && result.data.verification === "verified") return showFirm(result.data);
    if (result.ok && result.data.verification === "hidden") return askWords();
    if (result.ok || result.down) return say("siret", "info", ...TO_VERIFY);
    const error = result.errors[0] ?? { message: result.detail };
    say("siret", "error", error.message, error.remedy);
    return error.code === "closed_company" ? offerOpen(siret, error) : null;
  }

  function askWords() {
    say("siret", "info", ...HIDDEN);
    correction.need(true);
  }

  async function offerOpen(siret, { message }) {
    const shown = await list(siret.slice(0, 9));
    if (shown > 0) say("siret", "error", message, OPEN_ONES);
  }

  function showFirm(firm) {
    const { name, legal_name: legalName, address } = firm;
    say("siret", "valid", [name || legalName, address?.label].filter(Boolean).join(" – "));
    const text = naturePhrase(firm);
    if (!text) return;
    const looks = "fr-alert fr-alert--info fr-alert--sm";
    notice.replaceChildren(make("div", { class: looks }, make("p", {}, text)));
  }

  input.addEventListener("input", () => look());
  input.addEventListener("keydown", (event) => {
    const siren = digitsOf(input.value);
    if (event.key !== "Enter" || !isSiren(siren)) return;
    event.preventDefault(); // the establishments, not a deposit without one
    offerSiren(siren);
    establishments(siren, choices.querySelector("button"));
  });
  return {
    opco: opco.chosen,
    /** Show again what a draft held, the OPCO chosen included. */
    restore(chosen) {
      panel.reveal();
      look(chosen);
    },
  };
}
