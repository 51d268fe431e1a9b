/** One training centre on the card of an offer: where it stands, and how to reach it. */

import { cfaLine } from "./cfa-phrases.js";
import { make } from "./dom.js";
import { spokenPhone } from "./phrases.js";

/** The line of a list for one centre asked. */
export function cfaItem(cfa) {
  return make("li", {}, cfaLine(cfa), ...(cfa.state === "candidates" ? reach(cfa) : []));
}

function reach({ word, phone, email }) {
  const ways = [
    phone && make("a", { class: "nowrap", href: `tel:${phone}` }, spokenPhone(phone)),
    email && make("a", { class: "breakable", href: `mailto:${email}` }, email),
  ].filter(Boolean);
  const line = ways.flatMap((way, rank) => (rank ? [" ou ", way] : [way]));
  const lines = [
    word && make("span", { class: "word" }, `«\u00a0${word}\u00a0»`),
    line.length > 0 && make("span", {}, "Pour le joindre\u00a0: ", ...line),
  ].filter(Boolean);
  return lines.flatMap((each) => [make("br"), each]);
}
