/** The forms that change whom to call on the manage page: the depositor's own contact, the firm's. */

import { byId } from "./dom.js";
import { openPanelForm } from "./panel-form.js";
import { contactErrors } from "./payload.js";
import { spokenPhone } from "./phrases.js";

const UNSHOWN = "Jamais montré aux candidats\u00a0: ils appellent l’entreprise.";
const FIELDS = ["name", "phone", "email"];

/** Open it on the contact, and the address asked for if one is; `answers` as of any panel. */
export function openContactForm(recruiter, answers) {
  open("contact", recruiter, answers, {
    known: ({ contact, new_email: asked }) => ({ ...contact, email: asked?.email ?? contact.email }),
    stale: "Vos informations ont été modifiées entre-temps",
  });
  if (recruiter.behalf) byId("contact-phone-hint").textContent = UNSHOWN;
}

/** Open it on the contact of the firm somebody deposits for; `answers` as of any panel. */
export function openEmployerForm(recruiter, answers) {
  open("employer", recruiter, answers, {
    known: ({ behalf }) => behalf.employer,
    stale: "Le contact de l’entreprise a été modifié entre-temps",
  });
}

// `known(recruiter)` is the contact recorded.
function open(name, recruiter, answers, { known, stale }) {
  const { phone, ...contact } = known(recruiter);
  const recorded = { ...contact, phone: spokenPhone(phone).replace(/\s/g, " ") }; // to be typed over
  const input = (field) => byId(`${name}-${field}`);
  openPanelForm(name, recruiter, {
    ...answers,
    attach(draft) {
      for (const field of FIELDS) input(field).value = draft?.[`contact.${field}`] ?? recorded[field];
      return {
        read: () => Object.fromEntries(FIELDS.map((field) => [`contact.${field}`, input(field).value])),
      };
    },
    errors: (typed) =>
      contactErrors(typed).map((error) => ({ ...error, field: error.field.replace("contact", name) })),
    body: (typed) =>
      Object.fromEntries(FIELDS.map((field) => [field, typed[`contact.${field}`].trim()])),
    prefix: `${name}.`,
    stale,
    recorded(current) {
      const now = known(current);
      return [
        ["Nom", now.name],
        ["Téléphone", spokenPhone(now.phone)],
        ["E-mail", now.email],
      ];
    },
    from: `edit-${name}`,
  });
}
