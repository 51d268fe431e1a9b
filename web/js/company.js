/** The SIRET field: as soon as it holds 14 digits, the firm behind it is shown under it, and its OPCO. */

import { call } from "./api.js";
import { byId } from "./dom.js";
import { hush, say } from "./messages.js";
import { opcoField } from "./opco.js";
import { INVALID_SIRET } from "./payload.js";
import { digitsOf, isSiret, spaced } from "./siret.js";

const PATIENCE_MS = 8_000;
const LENGTH = 14;
const TO_VERIFY = [
  "L’annuaire des entreprises ne répond pas pour l’instant.",
  "Vous pouvez continuer avec ce numéro\u00a0: nous le vérifierons plus tard.",
];

/** Attach the field. */
export function companyField() {
  const input = byId("siret");
  const opco = opcoField();
  let asked = "";

  /** Look the firm up; `chosen` is the OPCO a draft holds. */
  async function look(chosen = null) {
    const siret = digitsOf(input.value);
    if (siret === asked) return;
    asked = siret;
    opco.show(null);
    if (siret.length < LENGTH) return hush("siret");
    if (!isSiret(siret)) return say("siret", "error", INVALID_SIRET.message, INVALID_SIRET.remedy);
    input.value = spaced(siret);
    say("siret", "info", "Recherche de l’entreprise…");
    const result = await call("GET", `/companies/${siret}`, { patience: PATIENCE_MS });
    // An answer that comes after another number was typed is dropped.
    if (siret !== asked) return;
    show(result);
    if (result.ok) opco.show(result.data.opco, chosen);
  }

  input.addEventListener("input", () => look());
  return { look, opco: opco.chosen };
}

function show(result) {
  if (result.ok && result.data.verification === "verified") {
    const { name, legal_name: legalName, address } = result.data;
    return say("siret", "valid", [name ?? legalName, address?.label].filter(Boolean).join(" – "));
  }
  if (result.ok || result.down) return say("siret", "info", ...TO_VERIFY);
  const error = result.errors[0] ?? { message: result.detail };
  return say("siret", "error", error.message, error.remedy);
}
