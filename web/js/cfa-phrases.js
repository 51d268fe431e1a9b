/** Where a need stands at the training centres, in French, for its depositor and for them. Pure. */

import { longDay, parisDay } from "./dates.js";

/** One training centre asked, for the depositor. */
export function cfaLine(cfa) {
  const { name, city, distance_km: distance } = cfa;
  return `${name}, ${city} (à ${Math.max(1, Math.round(distance))}\u00a0km)\u00a0: ${standing(cfa)}`;
}

function standing(cfa) {
  const { state, since } = cfa;
  if (state === "sent") return `e-mail envoyé${on(since)}.`;
  if (state === "read") return `e-mail lu${on(since)}, pas encore de réponse.`;
  if (state === "failed") return "adresse en erreur, l’e-mail n’a pas pu être remis.";
  if (state === "refused") return "ne souhaite plus recevoir nos e-mails.";
  if (state === "pending") return "en cours d’envoi.";
  return `${answerPhrase(cfa)} (réponse du ${dayOf(since)}).`;
}

function answerPhrase({ state, candidates, back_on: day }) {
  if (state === "not_concerned") return "n’est pas concerné";
  if (state === "candidates") return `a ${candidatesPhrase(candidates)}`;
  return day ? `pas de candidat avant le ${longDay(day)}` : "pas de candidat pour l’instant";
}

/** How many candidates a centre has; it need not say. */
export function candidatesPhrase(count) {
  if (!count) return "des candidats";
  return count === 1 ? "un candidat" : `${count} candidats`;
}

const BADGES = {
  candidates: { label: "Vous avez des candidats", badge: "fr-badge--success" },
  later: { label: "Plus tard", badge: "fr-badge--info" },
  not_concerned: { label: "Pas concerné", badge: "fr-badge--info" },
};
const NEW = { label: "En attente de votre réponse", badge: "fr-badge--warning" };

/** The badge of a need on the page of a centre: its word, and the look that goes with it. */
export function replyBadge(reply) {
  return BADGES[reply?.answer] ?? NEW;
}

/** What a centre has answered, for itself. */
export function replyStanding({ reply, replied_at: at }) {
  if (!reply) return "";
  const said = `Vous l’avez indiqué le ${dayOf(at)}.`;
  if (reply.answer === "candidates")
    return `${said} L’entreprise sait que vous avez ${candidatesPhrase(reply.candidates)}.`;
  return reply.back_on
    ? `${said} Vous pensez en avoir à partir du ${longDay(reply.back_on)}.`
    : said;
}

function on(instant) {
  return instant ? ` le ${dayOf(instant)}` : "";
}

function dayOf(instant) {
  return longDay(parisDay(new Date(instant)));
}
