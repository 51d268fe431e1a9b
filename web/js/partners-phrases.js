/** Deposits for partner firms, in French: lines of a file, and what is wrong in them. Pure. */

import { plural } from "./plural.js";

const STATES = {
  unchecked: { label: "À vérifier", badge: "fr-badge--info" },
  ready: { label: "Prête", badge: "fr-badge--success" },
  already_live: { label: "Déjà en ligne", badge: "fr-badge--warning" },
  need_repeated: { label: "Répétée dans le fichier", badge: "fr-badge--warning" },
  need_removed: { label: "L’entreprise a retiré ce besoin", badge: "fr-badge--error" },
  firm_objects: { label: "L’entreprise ne veut plus que vous déposiez pour elle", badge: "fr-badge--error" },
  deposited: { label: "Déposée", badge: "fr-badge--success" },
  skipped: { label: "Laissée de côté", badge: "fr-badge--info" },
};
const LINE = /^lines\.(\d+)\.(\w+)$/;
const STOPPED = "Nos e-mails à votre adresse reviennent en erreur.";
const UNKNOWN = "entreprise à vérifier";

/** The badge of a line. */
export function lineBadge({ state }) {
  return STATES[state];
}

/** Whether a line says what is already live or said above: it is left out unless wanted. */
export function isRepeated({ state }) {
  return state === "already_live" || state === "need_repeated";
}

/** Whether the firm itself does not want what a line says: it is left out, whatever is wanted. */
export function isUnwanted({ state }) {
  return state === "need_removed" || state === "firm_objects";
}

/** What a line is: its number, the firm, where. */
export function lineTitle({ line, firm, city, siret }) {
  const who = firm ?? `${siret}, ${UNKNOWN}`;
  return `Ligne ${line}\u00a0: ${[who, city].filter(Boolean).join(", ")}`;
}

/** An error of the API, with its line and column in words. */
export function lineError({ field, message, remedy, ...rest }) {
  const place = LINE.exec(field);
  if (!place) return { field, message, remedy, ...rest };
  const column = place[2].replaceAll("_", " ");
  const where = `Ligne ${place[1]}, colonne «\u00a0${column}\u00a0»`;
  return { ...rest, field, remedy, message: `${where}\u00a0: ${message}` };
}

/** How many lines of each kind there are. */
export function countPhrase(lines) {
  const ready = lines.filter(({ state }) => state === "ready").length;
  const repeated = lines.filter(isRepeated).length;
  const more = repeated
    ? `, ${repeated} à confirmer car ${plural(repeated, "elle semble répétée", "elles semblent répétées")}`
    : "";
  const unwanted = lines.filter(isUnwanted).length;
  const out = unwanted ? `, ${unwanted} que l’entreprise ne veut pas` : "";
  return `${ready} ${plural(ready, "ligne prête", "lignes prêtes")}${more}${out}`;
}

/** What was done of a file. */
export function donePhrase(lines) {
  const done = lines.filter(({ state }) => state === "deposited").length;
  const left = lines.length - done;
  const kept = `${done} ${plural(done, "besoin déposé", "besoins déposés")}`;
  return left ? `${kept}, ${left} ${plural(left, "ligne laissée", "lignes laissées")} de côté` : kept;
}

/** What a mail brings to who deposits one need; `stopped`: none arrives. */
export function mailPhrase(stopped) {
  return stopped
    ? `${STOPPED} Ouvrez la page de l’offre\u00a0: gardez son adresse, et indiquez-y un autre e-mail.`
    : "Le lien de gestion vous a été envoyé par e-mail.";
}

/** Who is told of a file that was deposited. */
export function filePhrase(stopped) {
  const mail = stopped
    ? `${STOPPED} Ouvrez la page de chaque offre\u00a0: gardez son adresse, et indiquez-y un autre e-mail.`
    : "Le lien de gestion de chaque offre vous est aussi envoyé par e-mail.";
  return `Chaque entreprise est prévenue. ${mail}`;
}

/** How far the work is. */
export function progressPhrase(lines, deposited) {
  const wanted = deposited ? ["deposited", "skipped", "need_removed", "firm_objects"] : Object.keys(STATES).slice(1);
  const done = lines.filter(({ state }) => wanted.includes(state)).length;
  return `${deposited ? "Dépôt" : "Vérification"} en cours\u00a0: ${done} sur ${lines.length}…`;
}
