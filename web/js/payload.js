/**
 * From the fields of the pages to the bodies of the API, and the checks that need no server. Pure.
 *
 * `values` holds one entry a field, by the name the API gives it ("siret", "contact.name"…). The
 * server checks everything again: a check stands here only to spare a person a round trip.
 */

import { addYears } from "./dates.js";
import { digitsOf, isSiren, isSiret } from "./siret.js";

const LATEST_START_YEARS = 2;
const NAME_LETTERS = 2;
const PHONE_DIGITS = 9;

/** How many people one offer may look for. */
export const MAX_OPENINGS = 10;

/** What the API calls an OfferForm. */
export function offerBody(values) {
  return {
    metier: values.metier,
    other_metiers: values.other_metiers,
    start_on: values.start_on || null,
    level: values.level || null,
    openings: Number(values.openings || 1),
    description: values.description?.trim() || null,
    ask_cfa: values.ask_cfa === true,
    workplace: values.workplace ? addressBody(values.workplace) : null,
  };
}

/** What the API calls an AddressForm, from what address-fields.js reads or what is recorded. */
export function addressBody({ street, postcode, city }) {
  return { street: street?.trim() || null, postcode: digitsOf(postcode), city: city.trim() };
}

/** An offer as it is recorded, looking for one person more. */
export function oneOpeningMore(offer) {
  return offerBody({
    ...offer,
    metier: offer.metier.code,
    other_metiers: offer.other_metiers.map(({ code }) => code),
    openings: offer.openings + 1,
  });
}

/**
 * An offer to edit, with what was just typed of the same need over it. `typed` is the draft of the
 * form; what was left as the form has it says nothing, and stays as recorded.
 */
export function withTyped(offer, typed) {
  const others = typed.other_metiers.filter(({ code }) => code !== offer.metier.code);
  return {
    ...offer,
    other_metiers: others.length > 0 ? others : offer.other_metiers,
    start_on: typed.start_on || offer.start_on,
    level: typed.level || offer.level,
    openings: typed.openings > 1 ? Number(typed.openings) : offer.openings,
    description: typed.description.trim() || offer.description,
    ask_cfa: typed.ask_cfa || offer.ask_cfa,
    workplace: typed.workplace ?? offer.workplace,
  };
}

/** What the API calls a CorrectionForm; null when nothing is said. */
export function correctionBody({ name, address }) {
  const said = { name: name.trim() || null, address: isBlank(address) ? null : addressBody(address) };
  return said.name || said.address ? said : null;
}

/** What is missing or wrong in a correction; `needed` when nothing else is shown of the firm. */
export function correctionErrors({ name, address, needed = false }) {
  const errors = needed && !name.trim() ? [NO_SIGN] : [];
  return needed || !isBlank(address)
    ? [...errors, ...addressErrors("correction-address", address)]
    : errors;
}

function isBlank({ street, postcode }) {
  return !street.trim() && !postcode.trim();
}

const NO_SIGN = error("correction.name", "Indiquez le nom à publier.", "Celui que les gens connaissent.");

/** The deposit, without its submission id. */
export function depositBody(values) {
  return {
    siret: digitsOf(values.siret),
    correction: correctionBody(values.correction),
    contact: {
      name: values["contact.name"].trim(),
      email: values["contact.email"].trim(),
      phone: values["contact.phone"].trim(),
    },
    opco: values.opco || null,
    offers: [offerBody(values)],
  };
}

/** What is missing or wrong in a deposit, in the order of the page. */
export function depositErrors(values, today) {
  return [
    ...siretErrors(values.siret),
    ...correctionErrors(values.correction),
    ...offerErrors(values, today),
    ...contactErrors(values),
  ];
}

/**
 * What is missing or wrong in a need, in the order of the page. `recorded` is the start date the
 * offer already has: it may be past by now, and stays acceptable. `values.problems` holds what the
 * fields themselves refuse.
 */
export function offerErrors(values, today, recorded = null) {
  const errors = [...values.problems];
  if (!values.metier && !errors.some(({ field }) => field === "metier")) errors.unshift(NO_METIER);
  if (values.other_metiers.includes(values.metier)) errors.push(SAME_METIER);
  const start = values.start_on;
  if (start && start !== recorded) errors.push(...startErrors(start, today));
  if (values.workplace) errors.push(...addressErrors("workplace", values.workplace));
  return errors;
}

/** What is missing or wrong in an address, whose fields begin with `prefix`. */
export function addressErrors(prefix, { postcode, city, unknown = false }) {
  const digits = digitsOf(postcode);
  if (digits.length !== 5) {
    const message = digits ? "Un code postal compte 5 chiffres." : "Indiquez le code postal.";
    return [error(`${prefix}.postcode`, message, "Par exemple 24000.")];
  }
  if (unknown)
    return [
      error(
        `${prefix}.postcode`,
        "Ce code postal n’est celui d’aucune commune.",
        "Vérifiez-le\u00a0; à la place d’un code CEDEX, indiquez le code postal de la commune.",
      ),
    ];
  return city.trim() ? [] : [error(`${prefix}.city`, "Indiquez la commune.")];
}

const NO_METIER = error(
  "metier",
  "Choisissez un métier dans la liste.",
  "Tapez un mot puis touchez une proposition.",
);
const SAME_METIER = error(
  "other_metiers",
  "Ce métier est déjà celui que vous recherchez.",
  "Retirez-le des autres métiers.",
);

function startErrors(start, today) {
  // Typed by hand: Safari has had a calendar on the Mac since 14.1 only.
  if (!/^\d{4}-\d\d-\d\d$/.test(start))
    return [
      error("start_on", "Cette date n’est pas reconnue.", `Écrivez-la comme ceci\u00a0: ${today}.`),
    ];
  if (start < today)
    return [
      error(
        "start_on",
        "Cette date est passée.",
        "Laissez vide pour «\u00a0dès que possible\u00a0».",
      ),
    ];
  if (start > addYears(today, LATEST_START_YEARS))
    return [
      error("start_on", "Cette date est trop lointaine.", "Choisissez une date dans les deux ans."),
    ];
  return [];
}

function siretErrors(typed) {
  const digits = digitsOf(typed);
  if (digits === "")
    return [error("siret", "Indiquez le SIRET de l’entreprise.", "Il compte 14 chiffres.")];
  if (isSiren(digits)) {
    return [
      error(
        "siret",
        "C’est un SIREN\u00a0: il manque l’établissement.",
        "Touchez «\u00a0Voir ses établissements\u00a0», ou ajoutez les 5 chiffres qui manquent.",
      ),
    ];
  }
  if (digits.length !== 14) {
    const count = `${digits.length} chiffre${digits.length > 1 ? "s" : ""}`;
    return [
      error(
        "siret",
        `Un SIRET compte 14 chiffres, vous en avez tapé ${digits.length}.`,
        `Vérifiez ces ${count}.`,
      ),
    ];
  }
  return isSiret(digits) ? [] : [INVALID_SIRET];
}

/** A SIRET whose check digit is wrong. */
export const INVALID_SIRET = error(
  "siret",
  "Ce numéro n’est pas un SIRET.",
  "Vérifiez chaque chiffre\u00a0: l’un d’eux est sans doute mal recopié.",
);

/** What is missing or wrong in a contact. */
export function contactErrors(values) {
  const errors = [];
  if (letters(values["contact.name"]) < NAME_LETTERS) {
    errors.push(error("contact.name", "Indiquez le nom de la personne à contacter."));
  }
  if (digitsOf(values["contact.phone"]).length < PHONE_DIGITS) {
    const message = values["contact.phone"].trim()
      ? "Ce numéro n’est pas complet."
      : "Indiquez un numéro de téléphone.";
    errors.push(error("contact.phone", message, "Par exemple 06\u00a012\u00a034\u00a056\u00a078."));
  }
  if (!/^\S+@\S+\.\S+$/.test(values["contact.email"].trim())) {
    const message = values["contact.email"].trim()
      ? "Cette adresse e-mail n’est pas complète."
      : "Indiquez une adresse e-mail.";
    errors.push(error("contact.email", message, "Par exemple prenom@exemple.fr."));
  }
  return errors;
}

function letters(text) {
  return (text.match(/\p{L}/gu) ?? []).length;
}

function error(field, message, remedy = "") {
  return { field, message, remedy };
}
