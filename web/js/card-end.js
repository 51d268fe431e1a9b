/** How an offer ended, in its card: what its depositor said, and the way to say more. */

import { block } from "./card-block.js";
import { make } from "./dom.js";
import { openPanel } from "./offer-panels.js";
import { endPhrase } from "./phrases.js";

const LOOKS = "fr-btn fr-btn--tertiary fr-btn--sm";
const UNSAID = {
  filled: "Vous n’avez pas dit comment vous avez trouvé.",
  cancelled: "Vous n’avez pas dit pourquoi.",
  expired: "Ses 4 semaines ont pris fin. Vous avez trouvé\u00a0? Dites-le.",
};

/** The block; nothing while it is online, or when it was not its depositor who withdrew it. */
export function endBlock(offer, { id, actions }) {
  if (!UNSAID[offer.state]) return null;
  const label = offer.reason ? "Changer" : "Préciser";
  const button = make(
    "button",
    { type: "button", class: LOOKS, "aria-describedby": `${id}-title` },
    offer.state === "expired" ? "Le poste est pourvu" : label,
  );
  const kind = offer.state === "cancelled" ? "cancelled" : "filled";
  button.addEventListener("click", () => openPanel(button.closest("article"), offer, kind, actions));
  return block("Comment elle s’est terminée", make("p", {}, endPhrase(offer) || UNSAID[offer.state]), make("p", {}, button));
}
