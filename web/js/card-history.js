/** What happened to an offer, in its card, latest first. */

import { make } from "./dom.js";
import { momentLine } from "./history-phrases.js";

/** The block; nothing for an offer of before histories were kept. */
export function historyBlock({ history }) {
  if (history.length === 0) return null;
  const moments = [...history].reverse().map(momentLine);
  const lines = moments.map(({ when, what }) =>
    make("li", {}, make("span", { class: "history__when" }, when), make("span", {}, what)),
  );
  return make(
    "details",
    { class: "history" },
    make("summary", {}, "Historique"),
    make("ol", { class: "history__moments", reversed: true }, ...lines),
  );
}
