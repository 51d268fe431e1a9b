/** Deposits on a firm's behalf, in French: who deposits, what the employer said. Pure. */

import { longDay, parisDay } from "./dates.js";

export const ROLES = {
  opco: "opérateur de compétences (OPCO)",
  chambre: "chambre consulaire",
  cfa: "centre de formation d’apprentis (CFA)",
};

/** The employer's answer on its own page: its word, and the look that goes with it. */
export const ANSWERS = {
  confirmed: { label: "Confirmée par vous", badge: "fr-badge--success" },
  corrected: { label: "Corrigée par vous", badge: "fr-badge--success" },
  removed: { label: "Retirée par vous", badge: "fr-badge--warning" },
};
export const UNANSWERED = { label: "En attente de votre réponse", badge: "fr-badge--info" };
export const ENDED = { label: "Plus en ligne", badge: "fr-badge--warning" };

const SAID = {
  confirmed: "L’entreprise a confirmé cette offre",
  corrected: "L’entreprise a corrigé cette offre",
  removed: "L’entreprise a retiré cette offre",
};

/** What the depositor reads of the employer's answer; nothing when the employer deposited itself. */
export function employerPhrase(employer) {
  if (!employer) return "";
  if (!employer.answer)
    return "L’entreprise est prévenue par e-mail. Elle n’a pas encore répondu\u00a0: l’offre reste en ligne.";
  return `${SAID[employer.answer]} (le ${longDay(parisDay(new Date(employer.answered_at)))}).`;
}

/** The badge of an offer on the employer's page. */
export function answerBadge({ answer, state }) {
  if (state !== "live" && answer !== "removed") return ENDED;
  return ANSWERS[answer] ?? UNANSWERED;
}

/** Who deposited, as pairs of name and value; the directory's name where it says another. */
export function depositorFacts({ organisation, legal_name: legalName, siret, contact }) {
  return [
    ["Organisme", organisation],
    ...(legalName && legalName !== organisation ? [["D’après l’annuaire", legalName]] : []),
    ["SIRET", siret],
    ["Personne", contact.name],
  ];
}
