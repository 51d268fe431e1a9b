/** What the depositor reads of the training centres to choose from, in French. Pure. */

const LEVELS = { 3: "CAP", 4: "bac", 5: "bac+2", 6: "bac+3", 7: "bac+5", 8: "doctorat" };
const KINSHIPS = {
  exact: "Prépare exactement à ce métier.",
  parent: "Prépare à la famille de métiers dont il fait partie.",
  sibling: "Prépare à un métier de la même famille.",
};
const EDIT = "«\u00a0Modifier\u00a0», sur la page de vos offres";
const STANDINGS = {
  over: "Cette offre n’est plus en ligne\u00a0: aucun autre centre ne peut être sollicité.",
  firm_objects:
    "L’entreprise ne veut plus que vous déposiez pour elle\u00a0: aucun autre centre ne peut être sollicité.",
  choosing:
    "Vous nous avez demandé de solliciter les centres les plus proches\u00a0: c’est en cours. Revenez dans quelques minutes pour voir lesquels.",
  full: "Dix centres ont été sollicités pour cette offre\u00a0: c’est le maximum.",
  no_place: `Le lieu de travail n’a pas pu être situé\u00a0: nous ne savons pas quels centres en sont proches. Indiquez son adresse avec ${EDIT}.`,
  no_catalogue:
    "La liste des centres de formation ne peut pas être lue en ce moment. Réessayez dans quelques minutes\u00a0: votre offre n’est pas touchée.",
  nobody_near: `Aucun centre à moins de 100\u00a0km ne prépare à ce métier à ce niveau. Avec ${EDIT}, vous pouvez accepter un autre métier ou un autre niveau d’études.`,
  all_asked:
    "Tous les centres proches qui préparent à ce métier ont été sollicités pour cette offre.",
};
const TO_VERIFY =
  "Votre SIRET est en attente de vérification\u00a0: les e-mails partiront une fois qu’il sera vérifié.";

/** Whether centres may be asked, and how many; or what stands in the way, and what to do. */
export function standingPhrase({ standing, left, asked }) {
  if (STANDINGS[standing]) return STANDINGS[standing];
  const many = centres(left);
  return asked.length === 0
    ? `Vous pouvez solliciter jusqu’à ${many} pour cette offre.`
    : `Vous pouvez encore solliciter ${many} pour cette offre.`;
}

/** When the mails will leave, if not at once. */
export function laterPhrase({ standing, verification }) {
  const waits = standing === "open" || standing === "choosing" || standing === "no_place";
  return waits && verification === "to_verify" ? TO_VERIFY : "";
}

/** Whether there are others beyond the list. */
export function morePhrase({ more, centres: shown }) {
  return more ? `Voici les ${shown.length} premiers\u00a0; il y en a d’autres.` : "";
}

/** Why a centre is in the list: where it is, what it teaches, how that fits. */
export function centreLines({ city, distance_km: distance, title, level, kinship }) {
  const diploma = LEVELS[level] ? `${title} (niveau ${LEVELS[level]})` : title;
  return [
    `${city}, à ${Math.max(1, Math.round(distance))}\u00a0km`,
    diploma,
    KINSHIPS[kinship],
  ].filter(Boolean);
}

/** How many are ticked, and whether that is too many. */
export function countPhrase(ticked, left) {
  const said = `${ticked === 0 ? "Aucun centre coché" : counted(ticked, "coché")}, sur ${left} possible${left > 1 ? "s" : ""}.`;
  return ticked > left ? `${said} Décochez-en ${ticked - left}.` : said;
}

/** The button that ticks all that may be. */
export function tickAllLabel(shown, left) {
  if (shown <= left) return "Tout cocher";
  return left === 1 ? "Cocher le premier" : `Cocher les ${left} premiers`;
}

/** What was done. */
export function donePhrase(number) {
  return number === 1
    ? "Un centre va recevoir votre besoin."
    : `${number} centres vont recevoir votre besoin.`;
}

function centres(number) {
  return number === 1 ? "1 centre" : `${number} centres`;
}

function counted(number, word) {
  return `${centres(number)} ${word}${number > 1 ? "s" : ""}`;
}
