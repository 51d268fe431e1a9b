/** Where an offer is, on its card: in our feed, and what partners say they did with it. */

import { block } from "./card-block.js";
import { make } from "./dom.js";

const INSTANT = new Intl.DateTimeFormat("fr-FR", {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZone: "Europe/Paris",
});
const DONE = { fetched: "reçue", shown: "affichée", refused: "refusée", withdrawn: "retirée" };

/** The block. */
export function whereBlock({ where, state }) {
  const live = state === "live";
  const lines = where.partners.map((partner) => partnerLine(partner, live));
  const said = lines.length > 0 ? [make("ul", {}, ...lines)] : [];
  return block("Où est mon offre\u00a0?", make("p", {}, feedPhrase(where, live)), ...said);
}

/** What we know of ourselves; and that nobody spoke, when nobody did. */
export function feedPhrase({ published_at: from, withdrawn_at: until, partners }, live) {
  if (!live) return `Retirée le ${moment(until)} du flux ouvert à nos partenaires.`;
  const published = `Publiée le ${moment(from)} dans le flux ouvert à nos partenaires.`;
  return partners.length > 0
    ? published
    : `${published} Aucun ne nous a encore dit ce qu’il en a fait.`;
}

/** What one partner did: the last step, then those before it. */
export function partnerPhrase({ name, steps, outdated }, live) {
  const [last, ...before] = steps.map(stepPhrase).reverse();
  const earlier = before.length > 0 ? ` (${before.reverse().join(", ")})` : "";
  return `${name}\u00a0: ${last}${earlier}.${remark(steps[steps.length - 1], outdated, live)}`;
}

function stepPhrase({ state, at }) {
  return `${DONE[state] ?? "lue"} le ${moment(at)}`;
}

function remark({ state, reason }, outdated, live) {
  if (state === "refused") return ` Motif\u00a0: «\u00a0${reason}\u00a0».`;
  if (!live && state !== "withdrawn") return " Son retrait n’est pas encore confirmé.";
  if (outdated) return " Votre dernière modification n’y figure pas encore.";
  return live && state === "fetched" ? " Son affichage n’est pas encore confirmé." : "";
}

function partnerLine(partner, live) {
  const line = make("li", {}, partnerPhrase(partner, live));
  const { state, url } = partner.steps[partner.steps.length - 1];
  if (live && state === "shown" && url)
    line.append(" ", make("a", { href: url, rel: "external" }, `Voir l’annonce sur ${partner.name}`));
  return line;
}

/** "2026-11-24T09:05:00Z" -> "24 novembre 2026 à 10 h 05", in Paris. */
function moment(instant) {
  const parts = Object.fromEntries(
    INSTANT.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  );
  const day = `${parts.day === "1" ? "1er" : parts.day} ${parts.month} ${parts.year}`;
  return `${day} à ${Number(parts.hour)}\u00a0h\u00a0${parts.minute}`;
}
