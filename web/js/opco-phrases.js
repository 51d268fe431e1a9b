/** Where a need stands at the OPCOs, in French, for its depositor and for the OPCO itself. Pure. */

import { longDay, parisDay } from "./dates.js";

const DESK = "L’accueil du service";

/** What the depositor reads of its OPCO; `state` is the offer's. */
export function opcoPhrase(opco, state = "live") {
  if (state !== "live" && opco.state === "pending" && opco.names.length === 0)
    return "L’offre a pris fin avant que votre OPCO en soit informé.";
  const before = opco.declined?.length > 0 ? `${declinedPhrase(opco.declined)} ` : "";
  return before + standing(opco);
}

function declinedPhrase(names) {
  return names.length === 1
    ? `${names[0]}, d’abord interrogé, a répondu que votre besoin n’est pas de son ressort.`
    : `${names.join(" puis ")}, d’abord interrogés, ont répondu que votre besoin n’est pas de leur ressort.`;
}

function standing(opco) {
  const who = opco.names.join(" ou ");
  if (opco.state === "failed")
    return `${who || "Votre OPCO"}\u00a0: l’e-mail n’a pas pu être remis.`;
  if (opco.answer) return answerPhrase(opco);
  if (opco.state === "pending")
    return who ? `${who}\u00a0: en cours d’information.` : "Recherche de votre OPCO en cours.";
  return toldPhrase(opco, who);
}

function toldPhrase({ desk, told_at: at }, who) {
  const since = at ? ` le ${dayOf(at)}` : "";
  if (who && !desk)
    return `${who}\u00a0: informé${since}, il peut vous contacter. Pas encore de réponse.`;
  const sent = `Votre besoin a été transmis${since}`;
  return who
    ? `${sent}\u00a0: votre OPCO est ${who}, nous vérifions lequel.`
    : `${sent}\u00a0: l’OPCO dont vous dépendez reste à identifier.`;
}

function answerPhrase({ answer, names, desk, answered_at: at }) {
  const who = desk ? DESK : names[0];
  if (answer === "taking") return `${who} prend contact avec vous (réponse du ${dayOf(at)}).`;
  if (answer === "contacted")
    return `${who} indique vous avoir contacté (réponse du ${dayOf(at)}).`;
  return `Aucun OPCO ne suit votre besoin à ce jour (depuis le ${dayOf(at)}).`;
}

const BADGES = {
  taking: { label: "Vous prenez contact", badge: "fr-badge--info" },
  contacted: { label: "Contacté", badge: "fr-badge--success" },
  not_ours: { label: "Suivi par personne", badge: "fr-badge--warning" },
};
const OVER = { label: "Plus d’actualité", badge: "fr-badge--warning" };
const NEW = { label: "En attente de votre réponse", badge: "fr-badge--warning" };

/** The badge of a need on the OPCO's page: its word, and the look that goes with it. */
export function needBadge({ status, answer }) {
  if (status === "over") return OVER;
  return BADGES[answer] ?? NEW;
}

/** Where the need stands, for who was told of it. */
export function needStanding({ status, answer, answered_at: at, addressee }) {
  if (status === "over")
    return "L’entreprise a clôturé son offre, ou celle-ci est arrivée à son terme. Vous n’avez plus rien à faire.";
  if (answer === "not_ours")
    return "Personne ne suit ce besoin\u00a0: l’entreprise le sait. Vous pouvez encore le transmettre.";
  if (answer) return `Vous l’avez indiqué le ${dayOf(at)}.`;
  return addressee
    ? `Ce besoin vous est adressé (${addressee}).`
    : "Ce besoin est adressé à l’accueil du service\u00a0: son OPCO reste à trouver.";
}

/** Who has a need that was passed on. */
export function passedTo({ addressee, searching }) {
  if (searching) return "Nous cherchons à nouveau son OPCO.";
  return addressee ? `${addressee} en est informé.` : `${DESK} en est informé.`;
}

function dayOf(instant) {
  return longDay(parisDay(new Date(instant)));
}
