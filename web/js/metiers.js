/** The métier index and its search. Pure: the browser and the tests hand it data/metiers.json. */

import { normalise, queryWords, slips, stem } from "./words.js";

const SHORTEST_WORD_TO_CORRECT = 4;
const LONG_WORD = 8; // two slips are forgiven from this length on
const FRENCH = new Intl.Collator("fr");

/**
 * Prepare the file once. `codes` holds differences between neighbours, `labels` one label a line.
 */
export function prepare({ codes, labels, rare }) {
  const rareRanks = new Set(rare);
  let code = 0;
  const metiers = labels.split("\n").map((label, rank) => {
    code += codes[rank];
    // A space before each word: " word" then finds the words that begin so, and only those.
    return { code: String(code), label, text: ` ${normalise(label)} `, rare: rareRanks.has(rank) };
  });
  return { metiers, vocabulary: vocabularyOf(metiers) };
}

/**
 * The best métiers for what was typed: every word must begin a word of the label, in any order.
 * Slips are corrected only where nothing begins so. `total` counts all that match.
 */
export function search(index, typed, limit) {
  const words = queryWords(typed);
  if (words.length === 0) return { found: [], total: 0 };
  const strict = matching(index, words);
  const matches =
    strict.length > 0
      ? strict
      : matching(
          index,
          words.map((word) => corrected(index, word)),
        );
  matches.sort((a, b) => a.cost - b.cost || FRENCH.compare(a.metier.label, b.metier.label));
  return { found: matches.slice(0, limit).map(({ metier }) => metier), total: matches.length };
}

/** The métier whose label is exactly what was typed, accents, capitals and punctuation aside. */
export function exact(index, typed) {
  const text = ` ${normalise(typed)} `;
  const same = index.metiers.filter((metier) => metier.text === text);
  return same.find((metier) => metier.label === typed.trim()) ?? same[0] ?? null;
}

function matching(index, words) {
  const beginnings = words.map((word) => ({
    word: ` ${word} `,
    start: ` ${word}`,
    stem: ` ${stem(word)}`,
  }));
  const matches = [];
  for (const metier of index.metiers) {
    if (beginnings.every((beginning) => metier.text.includes(beginning.stem))) {
      matches.push({ metier, cost: cost(metier, beginnings) });
    }
  }
  return matches;
}

// Lower is better: begins with what was typed, whole words, common, short.
function cost(metier, beginnings) {
  let total = metier.text.length + (metier.rare ? 200 : 0);
  if (!metier.text.startsWith(beginnings[0].stem)) total += 60;
  for (const beginning of beginnings) {
    if (!metier.text.includes(beginning.word)) total += 15;
    if (!metier.text.includes(beginning.start)) total += 15;
  }
  return total;
}

function corrected(index, word) {
  if (word.length < SHORTEST_WORD_TO_CORRECT) return word;
  const neighbours = index.vocabulary.get(word[0]) ?? [];
  if (neighbours.some((known) => known.startsWith(word))) return word;
  return closest(word, neighbours) ?? word;
}

// By first letter, which few people miss, so that a slip is sought among few words; the commonest
// words first.
function vocabularyOf(metiers) {
  const counts = new Map();
  for (const { text } of metiers) {
    for (const word of text.trim().split(" ")) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const groups = new Map();
  for (const word of [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a))) {
    if (!groups.has(word[0])) groups.set(word[0], []);
    groups.get(word[0]).push(word);
  }
  return groups;
}

function closest(word, neighbours) {
  let allowed = word.length >= LONG_WORD ? 2 : 1;
  let best = null;
  for (const known of neighbours) {
    const distance = slips(word, known, allowed);
    if (distance > allowed) continue;
    best = known;
    allowed = distance - 1;
    if (allowed === 0) break;
  }
  return best;
}
