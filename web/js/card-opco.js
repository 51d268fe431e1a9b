/** Where an offer stands at its OPCO, in its card, and the choice of the firm's OPCO. */

import { block } from "./card-block.js";
import { copyOf, make } from "./dom.js";
import { chosenOpco, opcoRadios } from "./opco-field.js";
import { opcoPhrase } from "./opco-phrases.js";
import { showPanel } from "./offer-panels.js";

const TITLE = "Opérateur de compétences (OPCO)";
const LOOKS = "fr-btn fr-btn--tertiary fr-btn--sm";

/** The block. */
export function opcoBlock(offer, { id, firm, actions }) {
  const said = make("p", {}, opcoPhrase(offer.opco, offer.state));
  if (!mayDeclare(offer, firm)) return block(TITLE, said);
  const described = { type: "button", class: LOOKS, "aria-describedby": `${id}-title` };
  const button = make("button", described, "Indiquer mon OPCO");
  button.addEventListener("click", () => actions.opco(offer));
  return block(TITLE, said, make("p", {}, button));
}

/** Whether the depositor may say which OPCO he has. */
export function mayDeclare(offer, { choices }) {
  return offer.state === "live" && choices.length > 0 && offer.opco.declarable;
}

/** Open the choice of the firm's OPCO in a card; `declare(opco, button)` sends it. Give its view. */
export function openOpcoPanel(card, offer, { choices, claim }, declare) {
  const view = copyOf("opco-panel");
  const radios = opcoRadios(`opco-${offer.id}`, choices, claim);
  view.querySelector("[data-choices]").replaceChildren(...radios);
  const confirm = view.querySelector("[data-confirm]");
  confirm.addEventListener("click", () => declare(chosenOpco(view), confirm));
  showPanel(card, view);
  return view;
}
