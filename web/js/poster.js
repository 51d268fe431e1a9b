/**
 * The poster of a need, for the wall of a training centre. It is laid out for paper alone, and holds
 * nothing of the contact, which was confided to the centre: its code opens the public page.
 */

import { longDay } from "./dates.js";
import { byId, fill, terms } from "./dom.js";
import { needFacts } from "./phrases.js";

/** Fill the poster from what the page shows. */
export function preparePoster({ firm, verified, metier, need, address, centre, poster }) {
  const workplace = need.workplace?.label ?? address ?? "";
  fill(byId("poster"), {
    metier: metier.label,
    employer: verified ? firm : "",
    workplace,
    centre: `Affiché par ${centre}`,
    until: `Offre en ligne jusqu’au ${longDay(need.ends_on)} inclus`,
    url: poster.url.replace(/^https?:\/\//, ""),
  });
  byId("poster-code").src = poster.qr;
  const shown = needFacts({ ...need, other_metiers: [], workplace: null, description: null });
  byId("poster-facts").replaceChildren(...terms(shown));
}

function print() {
  document.documentElement.classList.add("printing");
  globalThis.print();
}

byId("print-poster").addEventListener("click", print);
addEventListener("afterprint", () => document.documentElement.classList.remove("printing"));
