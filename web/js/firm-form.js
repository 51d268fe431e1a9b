/** The form that corrects the firm's name and address on the manage page. */

import { correctionFields } from "./correction-fields.js";
import { openPanelForm } from "./panel-form.js";
import { correctionBody, correctionErrors } from "./payload.js";

const NOTHING = { name: null, address: null };

/** Open it on what was corrected before; `answers` are `send`, `done`, `elsewhere` of any panel. */
export function openFirmForm(recruiter, answers) {
  openPanelForm("firm", recruiter, {
    ...answers,
    attach(draft = recruiter.correction) {
      const fields = correctionFields();
      fields.fill(draft);
      return fields;
    },
    errors: correctionErrors,
    body: (typed) => correctionBody(typed) ?? NOTHING,
    prefix: "correction.", // the API names its own fields; the page's are those of a deposit
    stale: "L’entreprise a été modifiée entre-temps",
    recorded: ({ company_name: name, address }) => [
      ["Nom", name ?? "celui de l’annuaire des entreprises"],
      ["Adresse", address?.label ?? "celle de l’annuaire des entreprises"],
    ],
    from: "correct-firm",
  });
}
