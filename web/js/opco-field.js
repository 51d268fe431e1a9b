/** The OPCO of a firm: said when it is known, asked when several are possible. */

import { byId, make } from "./dom.js";
import { hush } from "./messages.js";

/** A radio button with its label. */
export function radio(name, rank, value, label, checked = false) {
  const id = `${name}-${rank}`;
  const group = make(
    "div",
    { class: "fr-radio-group" },
    make("input", { type: "radio", name, id, value, checked }),
    make("label", { class: "fr-label", for: id }, label),
  );
  return make("div", { class: "fr-fieldset__element" }, group);
}

/** The radio buttons of a choice between OPCOs; the last one, of no value, is "I do not know". */
export function opcoRadios(name, opcos, chosen) {
  return [
    ...opcos.map((opco, rank) => radio(name, rank, opco, opco, opco === chosen)),
    radio(name, "unknown", "", "Je ne sais pas"),
  ];
}

/** The OPCO chosen in a part of the page, or null. */
export function chosenOpco(root) {
  return root.querySelector("input:checked")?.value || null;
}

/** Attach the part of the deposit form that is about the OPCO. */
export function opcoField() {
  const known = byId("opco-known");
  const field = byId("opco");

  return {
    /** Show what is known of a firm's OPCO ({outcome, candidates}, or null), and what was chosen. */
    show(opco, chosen) {
      const several = opco?.outcome === "multiple";
      known.textContent =
        opco?.outcome === "identified" ? `Votre OPCO\u00a0: ${opco.candidates[0]}` : "";
      field
        .querySelector("[data-choices]")
        .replaceChildren(...(several ? opcoRadios("opco-choice", opco.candidates, chosen) : []));
      field.hidden = !several;
      hush("opco");
    },
    chosen: () => chosenOpco(field),
  };
}
