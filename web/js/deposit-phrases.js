/** What the form says of a firm and of what is already live, in French. Pure. */

import { daysLeft, longDay, parisDay } from "./dates.js";

const NATURES = {
  teaching:
    "D’après son activité, c’est un organisme de formation. Vous recrutez pour vous-même\u00a0? " +
    "Continuez. Pour une entreprise partenaire\u00a0? Indiquez le SIRET de cette entreprise.",
  public:
    "C’est un employeur public\u00a0: en principe, il ne dépend d’aucun OPCO. " +
    "Vous pouvez déposer votre besoin.",
};

/**
 * What a depositor who is no firm like others must know; it stops nobody. A public employer whose
 * OPCO is known, or to be chosen, is not told that it has none.
 */
export function naturePhrase({ nature, opco }) {
  const itsOpco = opco?.candidates.length > 0;
  return nature === "public" && itsOpco ? "" : (NATURES[nature] ?? "");
}

/** What a search found: how many open establishments, and whether there are others. */
export function foundPhrase(open, more) {
  if (open === 0 && more)
    return "Aucun établissement ouvert à cet endroit. Essayez une autre ville, ou laissez vide.";
  if (open === 0)
    return "Aucun établissement ouvert n’a été trouvé. Cherchez par un autre nom, ou sans la ville.";
  const count = open === 1 ? "1 établissement ouvert" : `${open} établissements ouverts`;
  return more
    ? `${count}, et il y en a d’autres\u00a0: si le vôtre manque, précisez la ville.`
    : `${count}. Choisissez celui où travaillera l’apprenti.`;
}

/** Where an offer stands in its life. */
export function lifePhrase(offer) {
  const day = longDay(offer.ends_on);
  if (offer.state === "live")
    return `En ligne jusqu’au ${day} inclus (${daysLeft(offer.days_left)}).`;
  if (offer.state === "expired")
    return `N’est plus en ligne\u00a0: ses 4 semaines ont pris fin le ${day}.`;
  return "N’est plus en ligne\u00a0: vous l’avez clôturée.";
}

/** A live offer like the one somebody is about to deposit. */
export function twinPhrase(twin) {
  const { openings, published_at: published, workplace } = twin;
  const posts = openings > 1 ? `${openings} postes` : "1 poste";
  const since = longDay(parisDay(new Date(published)));
  const place = workplace ? `Lieu de travail\u00a0: ${workplace.label}. ` : "";
  return `Déposée le ${since}, pour ${posts}. ${place}${lifePhrase({ ...twin, state: "live" })}`;
}
