/** The métier index and its search. Pure: the browser and the tests hand it data/metiers.json. */

import { everyday } from "./everyday.js";
import { prefixIndex } from "./prefixes.js";
import { fold, normalise, queryWords, root, slips, spaced, stem, wrongStart } from "./words.js";

const SHORTEST_WORD_TO_CORRECT = 4;
const LONG_WORD = 8; // two slips are forgiven from this length on
const MOST_WORDS = 12; // beyond, nobody describes a métier

/**
 * Prepare the file once: labels one a line, grouped by ROME code (`romes`, `counts`), the main
 * appellation of a code first; `codes` holds differences between neighbours; `refused` says why a
 * ROME code cannot be apprenticed.
 */
export function prepare({ romes, counts, codes, labels, rare, refused }) {
  const rareRanks = new Set(rare);
  const lines = labels.split("\n");
  const folded = fold(labels).split("\n"); // all at once: ten times faster
  const metiers = [];
  let code = 0;
  romes.forEach((rome, group) => {
    for (let left = counts[group]; left > 0; left -= 1) {
      const rank = metiers.length;
      code += codes[rank];
      metiers.push({
        code: String(code),
        label: lines[rank],
        rome,
        refusal: refused[rome] ?? null,
        main: left === counts[group],
        rare: rareRanks.has(rank),
        ...spellings(folded[rank]),
      });
    }
  });
  return { metiers, prefixes: prefixIndex(metiers.map(({ text }) => text)) };
}

/**
 * The best métiers for what was typed: every word must begin a word of the label, in any order.
 * Where nothing does, slips are corrected; then kinship is enough ("cuisinier", "cuisine"); then as
 * many words as possible, and the answer is but `near`. `total` counts all that match.
 */
export function search(index, typed, limit) {
  const said = everyday(normalise(typed));
  const { ranks, words, starts, near } = matching(index, queryWords(said).slice(0, MOST_WORDS));
  const whole = [said, words.join(" ")];
  const kept = [];
  for (const rank of ranks) {
    const metier = index.metiers[rank];
    const match = { metier, cost: cost(metier, whole, words, starts) };
    if (kept.length === limit && order(match, kept[limit - 1]) > 0) continue;
    kept.push(match);
    kept.sort(order); // few come this far, where sorting thousands for eight would take longer
    if (kept.length > limit) kept.pop();
  }
  return { found: kept.map(({ metier }) => metier), total: ranks.length, near };
}

/** The métier whose label is exactly what was typed, accents, capitals and punctuation aside. */
export function exact(index, typed) {
  const text = ` ${normalise(typed)} `;
  const same = index.metiers.filter((metier) => metier.text === text);
  return same.find((metier) => metier.label === typed.trim()) ?? same[0] ?? null;
}

// "Vendeur / Vendeuse en boulangerie" is read "vendeur en boulangerie" and "vendeuse en
// boulangerie".
function spellings(folded) {
  const [one, other = ""] = folded.split(" / ").map(spaced);
  const common = other.split(" ").slice(one.split(" ").length);
  const text = ` ${one} ${other && `${other} `}`; // a space around each word
  return { text, forms: other ? [[one, ...common].join(" "), other] : [one] };
}

function matching({ prefixes }, words) {
  const typed = words.map(stem);
  let ranks = prefixes.withAll(typed);
  if (ranks.length > 0 || words.length === 0) return { ranks, words, starts: typed, near: false };
  const mended = words.map((word) => corrected(prefixes, word));
  for (const beginning of [stem, root]) {
    const starts = mended.map(beginning);
    ranks = prefixes.withAll(starts);
    if (ranks.length > 0) return { ranks, words: mended, starts, near: false };
  }
  const starts = mended.map(root);
  return { ranks: prefixes.withMost(starts), words: mended, starts, near: true };
}

// Lower is better: said in full, begins with what was typed, whole words, main, common, short.
function cost({ text, forms, main, rare }, whole, words, starts) {
  let total = forms[0].length + (rare ? 200 : 0) - (main ? 7 : 0);
  if (forms.some((form) => whole.includes(form))) total -= 100;
  if (!text.startsWith(starts[0], 1)) total += 60;
  for (const word of words) {
    const at = text.indexOf(` ${word}`);
    if (at < 0) total += 30;
    else if (text[at + word.length + 1] !== " " && !text.includes(` ${word} `)) total += 15;
  }
  return total;
}

// Not by Intl.Collator, which is slow: spellings without accents do.
function order(a, b) {
  return a.cost - b.cost || (a.metier.text < b.metier.text ? -1 : 1);
}

function corrected(prefixes, word) {
  if (word.length < SHORTEST_WORD_TO_CORRECT || prefixes.knows(word)) return word;
  const near = closest(word, prefixes.wordsIn(word[0]));
  return near ?? wrongStart(word, prefixes.words) ?? word;
}

function closest(word, neighbours) {
  let allowed = word.length >= LONG_WORD ? 2 : 1;
  let best = null;
  for (const known of neighbours) {
    if (known.length < word.length - allowed) continue;
    const distance = slips(word, known, allowed);
    if (distance > allowed) continue;
    best = known;
    allowed = distance - 1;
    if (allowed === 0) break;
  }
  return best;
}
