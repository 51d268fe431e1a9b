/** What happened to an offer, in French: who, what, by which link. Pure. */

import { longDay, parisDay } from "./dates.js";
import { CHANNELS, REASONS } from "./phrases.js";

const HOUR = new Intl.DateTimeFormat("fr-FR", {
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "Europe/Paris",
});
const DONE = {
  publish: "Mise en ligne",
  edit: "Modification",
  place: "Mise à jour de l’entreprise",
  extend: "Prolongation",
  remind: "Rappel envoyé",
  fill: "Poste pourvu",
  cancel: "Annulation",
  expire: "Fin des 4 semaines",
  withdraw: "Retrait",
  reactivate: "Réactivation",
};
const WHO = {
  depositor: "vous",
  sweep: "le service",
  directory: "l’annuaire des entreprises",
  employer: "l’employeur",
  opco: "l’OPCO",
  cfa: "un CFA",
};
const FIELDS = {
  metier: "métier",
  other_metiers: "autres métiers",
  start_on: "début",
  level: "niveau",
  openings: "postes",
  description: "description",
  ask_cfa: "demande aux CFA",
  workplace: "lieu",
  phone: "téléphone",
};
const LINKS = { manage: "par votre lien de gestion" };
const CLOSED = { ...REASONS.filled, ...REASONS.cancelled };
const FOUND = { ...CHANNELS.with_depot, ...CHANNELS.without_depot };

/** One moment: its day and hour, and what happened. Codes of a newer service are left out. */
export function momentLine({ at, what, who, link, detail }) {
  const instant = new Date(at);
  const more = detail.map((code) => FIELDS[code] ?? CLOSED[code] ?? FOUND[code]).filter(Boolean);
  const said = more.length > 0 ? ` (${more.join(", ")})` : "";
  const by = [WHO[who], LINKS[(link ?? "").split(".")[0]]].filter(Boolean).join(", ");
  return {
    when: `${longDay(parisDay(instant))} à ${HOUR.format(instant)}`,
    what: `${DONE[what] ?? "Changement"}${said}${by ? `, par ${by}` : ""}`,
  };
}
