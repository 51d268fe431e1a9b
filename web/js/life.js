/** How far an offer may go: the days that limits make, said before anything is pressed. Pure. */

import { addDays, longDay, parisDay } from "./dates.js";

const LIFE_DAYS = 28;

/** The last day of an offer that starts or starts again today. */
export function fourWeeks(today = parisDay()) {
  return addDays(today, LIFE_DAYS);
}

/** How far an offer may be extended today: its new last day, whether limits cut it short, and
 * whether any day is gained. */
export function extension(offer, limits, today = parisDay()) {
  const furthest = addDays(offer.live_since, limits.longest);
  const asked = fourWeeks(today);
  const cut = asked > furthest;
  const until = cut ? furthest : asked;
  return { until, cut, furthest, possible: offer.ends_on < until };
}

/** Whether the firm removed what somebody else deposited for it: for good, and whatever it was. */
function removedByFirm({ employer }) {
  return employer?.answer === "removed";
}

/** Until when an ended offer may be reactivated, and whether it still may. */
export function reactivation(offer, limits, today = parisDay()) {
  const until = addDays(offer.ended_on, limits.reactivation);
  const ended = ["filled", "cancelled", "expired"].includes(offer.state) && !removedByFirm(offer);
  return { until, possible: ended && today <= until };
}

const STANDS = {
  live: "Cette offre est en ligne",
  filled: "Cette offre est déjà pourvue",
  cancelled: "Cette offre est déjà annulée",
  expired: "Cette offre n’est plus en ligne",
  withdrawn: "Cette offre a été retirée",
};

/** Why a button of a mail opens nothing: where its offer stands, and what can be done. */
export function standsPhrase(offer, limits, today = parisDay()) {
  const told = limitPhrase(offer, limits, today);
  const again = offer.state === "withdrawn" && !removedByFirm(offer);
  const next = again ? "Vous pouvez déposer à nouveau ce besoin." : "";
  const buttons = "Les boutons ci-dessous disent ce que vous pouvez faire.";
  return { title: STANDS[offer.state], text: [told, next || buttons].filter(Boolean).join(" ") };
}

/** The limits of every offer, in one sentence. */
export function limitsPhrase({ longest, reactivation: days }) {
  const weeks = Math.floor(longest / 7);
  return (
    `Une offre se prolonge autant de fois que nécessaire, dans la limite de ${weeks} semaines en ligne. ` +
    `Terminée, elle se réactive pendant ${days} jours.`
  );
}

/** What limits change for one offer; nothing, most often. */
export function limitPhrase(offer, limits, today = parisDay()) {
  if (offer.state === "live") {
    const { possible, cut, furthest } = extension(offer, limits, today);
    if (!possible && offer.ends_on < furthest)
      return "Elle a déjà 4 semaines devant elle\u00a0: il n’y a rien à prolonger aujourd’hui.";
    if (!possible)
      return "Elle ne peut plus être prolongée. Après son dernier jour, vous pourrez la réactiver.";
    return cut ? `Elle peut rester en ligne jusqu’au ${longDay(furthest)}, pas au-delà.` : "";
  }
  if (removedByFirm(offer))
    return "L’entreprise l’a retirée\u00a0: elle seule peut déposer à nouveau ce besoin.";
  if (offer.state === "withdrawn") return "Elle ne peut pas être réactivée.";
  const { possible, until } = reactivation(offer, limits, today);
  return possible
    ? `Vous pouvez la réactiver jusqu’au ${longDay(until)}.`
    : "Elle est terminée depuis trop longtemps pour être réactivée\u00a0: déposez-la à nouveau.";
}
