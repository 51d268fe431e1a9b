/** Deposits on a firm's behalf, in French: who deposits, what the employer said. Pure. */

import { longDay, parisDay } from "./dates.js";
import { lifePhrase } from "./deposit-phrases.js";

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

const TOLD =
  "L’entreprise est prévenue par e-mail. Elle n’a pas encore répondu\u00a0: l’offre reste en ligne.";
const ASKED_ANEW = "Nous lui demandons à nouveau si c’est juste.";
const UNREACHED = "L’adresse de l’entreprise ne reçoit pas nos messages.";
const CALL = "Appelez-la\u00a0: elle seule peut donner une autre adresse.";
const CALL_OR_CORRECT = "Appelez-la, puis corrigez son contact en haut de cette page.";

const CHANGES = {
  metier: "le métier",
  other_metiers: "les autres métiers possibles",
  start_on: "la date de début",
  level: "le niveau",
  openings: "le nombre de postes",
  description: "la description",
  workplace: "le lieu de travail",
  reactivated: "l’offre est de nouveau en ligne",
};

/** What the depositor reads of the employer's answer; nothing when the employer deposited itself. */
export function employerPhrase(employer) {
  if (!employer) return "";
  const { answer, answered_at: at, before, unreached, lost } = employer;
  const said = answer && `${SAID[answer]} (le ${longDay(parisDay(new Date(at)))}).`;
  if (unreached && answer !== "removed") {
    const remedy = !lost && (said || before) ? CALL : CALL_OR_CORRECT;
    return [said, UNREACHED, remedy].filter(Boolean).join(" ");
  }
  return said || (before ? `${SAID[before]}, mais elle a changé depuis. ${ASKED_ANEW}` : TOLD);
}

/** What its depositor changed of an offer since the employer answered, or was told; else nothing. */
export function changedPhrase({ changed = [], before }) {
  const known = changed.map((code) => CHANGES[code]).filter(Boolean);
  if (known.length === 0) return "";
  return `${before ? "Changé depuis votre réponse" : "Changé depuis notre premier e-mail"}\u00a0: ${known.join(", ")}.`;
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

/** Where an offer stands, for the firm it is of: others may have closed it. */
export function standing(offer) {
  if (offer.state === "live" || offer.state === "expired") return lifePhrase(offer);
  return offer.answer === "removed"
    ? "N’est plus en ligne\u00a0: vous l’avez retirée."
    : "N’est plus en ligne.";
}
