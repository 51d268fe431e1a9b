/** The form that changes the person to call on the manage page. */

import { byId } from "./dom.js";
import { openPanelForm } from "./panel-form.js";
import { contactErrors } from "./payload.js";
import { spokenPhone } from "./phrases.js";

const UNSHOWN = "Jamais montré aux candidats\u00a0: ils appellent l’entreprise.";
const FIELDS = ["name", "phone", "email"];

/** Open it on the contact, and the address asked for if one is; `answers` as of any panel. */
export function openContactForm(recruiter, answers) {
  const { contact, new_email: asked } = recruiter;
  const known = {
    "contact.name": contact.name,
    "contact.phone": spokenPhone(contact.phone).replace(/\s/g, " "), // to be typed over
    "contact.email": asked?.email ?? contact.email,
  };
  openPanelForm("contact", recruiter, {
    ...answers,
    attach(draft = known) {
      const inputs = FIELDS.map((field) => [`contact.${field}`, byId(`contact-${field}`)]);
      for (const [name, input] of inputs) input.value = draft[name];
      if (recruiter.behalf) byId("contact-phone-hint").textContent = UNSHOWN;
      return {
        read: () => Object.fromEntries(inputs.map(([name, input]) => [name, input.value])),
      };
    },
    errors: contactErrors,
    body: (typed) =>
      Object.fromEntries(FIELDS.map((field) => [field, typed[`contact.${field}`].trim()])),
    prefix: "contact.",
    stale: "Vos informations ont été modifiées entre-temps",
    recorded: (current) => [
      ["Nom", current.contact.name],
      ["Téléphone", spokenPhone(current.contact.phone)],
      ["E-mail", current.new_email?.email ?? current.contact.email],
    ],
    from: "edit-contact",
  });
}
