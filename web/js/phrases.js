/** What the codes of the API mean, in French. Pure. */

import { daysLeft, longDay } from "./dates.js";

const LEVELS = {
  3: "CAP, BEP (Infrabac)",
  4: "Bac, Bac Pro, BP (Bac)",
  5: "BTS, DEUST (Bac+2)",
  6: "Licence, BUT, Licence Pro (Bac+3)",
  7: "Master, titre ingénieur, grande école (Bac+5)",
};

/** State of an offer: its word, and the DSFR badge that goes with it. */
export const STATES = {
  live: { label: "En ligne", badge: "fr-badge--success" },
  filled: { label: "Pourvue", badge: "fr-badge--info" },
  cancelled: { label: "Annulée", badge: "fr-badge--warning" },
  expired: { label: "Expirée", badge: "fr-badge--warning" },
  withdrawn: { label: "Retirée", badge: "fr-badge--error" },
};

const ENDED = {
  filled: "Pourvue le",
  cancelled: "Annulée le",
  expired: "En ligne jusqu’au",
  withdrawn: "Retirée le",
};

/** Why an offer is closed, by outcome. */
export const REASONS = {
  filled: {
    with_depot: "J’ai pourvu l’offre grâce à ce service",
    without_depot: "J’ai pourvu l’offre sans l’aide de ce service",
  },
  cancelled: {
    no_longer_needed: "Je ne suis plus en recherche",
    no_applications: "Je ne reçois pas de candidature",
    enough_applications: "J’ai reçu assez de candidatures",
    unsuitable_applications: "Les candidatures reçues ne sont pas assez qualifiées",
    other: "Autre raison",
  },
};

/** By which channel the apprentice was found, by reason. */
export const CHANNELS = {
  with_depot: {
    offer_seen: "Le candidat a vu l’offre",
    cfa: "Une école, un CFA",
    opco: "Mon OPCO",
  },
  without_depot: {
    website: "Un autre site internet",
    cfa: "Une école, un CFA",
    opco: "Mon OPCO",
    recruitment_body: "France Travail, une Mission locale…",
    network: "Mon réseau personnel",
    spontaneous: "Le candidat m’a contacté de lui-même",
    social_networks: "Les réseaux sociaux",
    other: "Autrement",
  },
};

/** Why an offer was closed and, of an apprentice found, how; nothing while its depositor did not say. */
export function endPhrase({ state, reason, channel }) {
  const why = REASONS[state]?.[reason];
  const how = CHANNELS[reason]?.[channel];
  return why ? `${why}${how ? `\u00a0: ${how}` : ""}.` : "";
}

const NOBODY_ASKED = {
  nobody_near:
    "Aucun CFA de votre secteur ne prépare à ce métier\u00a0: personne n’a été contacté.",
  none_left: "Les CFA choisis ne peuvent plus être sollicités\u00a0: personne n’a été contacté.",
  firm_objects:
    "L’entreprise ne veut plus que vous déposiez pour elle\u00a0: aucun CFA n’a été contacté.",
  no_place: "Le lieu de travail n’a pas pu être situé\u00a0: aucun CFA n’a été contacté.",
};
const ENDED_BEFORE =
  "Aucun CFA n’a été contacté\u00a0: l’offre avait pris fin avant. Vous pouvez choisir lesquels solliciter.";
const NOT_WANTED =
  "Vous n’avez demandé à en contacter aucun. Ils peuvent vous trouver des candidats.";

/** Where an offer stands in its life, in two parts: what counts first, then the day. */
export function lifeLines(offer) {
  if (offer.state === "live")
    return { left: capital(daysLeft(offer.days_left)), life: `jusqu’au ${longDay(offer.ends_on)}` };
  return { left: "", life: `${ENDED[offer.state]} ${longDay(offer.ended_on)}` };
}

/** The title of the offers online. */
export function onlinePhrase(count) {
  return ["Aucune offre en ligne", "Mon offre en ligne"][count] ?? `Mes ${count} offres en ligne`;
}

/** The title of the others. */
export function endedPhrase(count) {
  return count === 1 ? "1 offre terminée" : `${count} offres terminées`;
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

/** What the offer asks for, as pairs of name and value. */
export function needFacts(offer) {
  const others = offer.other_metiers.map(({ label }) => label).join("\n");
  const facts = [
    ...(others ? [["Autres métiers", others]] : []),
    ["Début", offer.start_on ? longDay(offer.start_on) : "dès que possible"],
    ["Niveau d’études", LEVELS[offer.level] ?? "indifférent"],
    ["Postes", String(offer.openings)],
  ];
  if (offer.workplace) facts.push(["Lieu de travail", offer.workplace.label]);
  return offer.description ? [...facts, ["Description", offer.description]] : facts;
}

/**
 * What the training centres know, when none is to be listed. They are asked once the firm is
 * verified.
 */
export function cfaPhrase(offer, verification) {
  if (NOBODY_ASKED[offer.cfa_outcome]) return NOBODY_ASKED[offer.cfa_outcome];
  if (offer.state !== "live") return "Aucun CFA n’a été contacté.";
  if (offer.cfa_outcome === "not_live") return ENDED_BEFORE;
  if (!offer.ask_cfa) return NOT_WANTED;
  return verification === "to_verify"
    ? "Les CFA proches seront contactés une fois votre SIRET vérifié."
    : "Recherche des CFA proches en cours.";
}

/** "+33553010203" -> "05 53 01 02 03"; other countries are left as they are. */
export function spokenPhone(phone) {
  const national = /^\+33(\d{9})$/.exec(phone)?.[1];
  return national ? `0${national}`.replace(/(\d\d)(?=\d)/g, "$1\u00a0") : phone;
}
