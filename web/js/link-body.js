/** What a person types to be found again: an address, or a SIRET. Pure. */

import { digitsOf, isSiret } from "./siret.js";

/** What the API calls a LinkForm. */
export function linkBody(typed) {
  return typed.includes("@") ? { email: typed } : { siret: digitsOf(typed) };
}

/** What is missing or wrong in it. */
export function linkErrors(typed) {
  if (!typed) return [error("Indiquez votre adresse e-mail, ou le SIRET.", "Une des deux suffit.")];
  if (typed.includes("@"))
    return /^\S+@\S+\.\S+$/.test(typed)
      ? []
      : [error("Cette adresse e-mail n’est pas complète.", "Par exemple prenom@exemple.fr.")];
  if (isSiret(digitsOf(typed))) return [];
  return [error("Ce n’est ni une adresse e-mail ni un SIRET.", "Un SIRET compte 14 chiffres.")];
}

function error(message, remedy) {
  return { field: "who", message, remedy };
}
