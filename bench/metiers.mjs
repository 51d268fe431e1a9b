/**
 * The métier search, timed: `node bench/metiers.mjs metiers.json`. Writes one JSON document.
 *
 * Every query of tests/web is typed key by key, as the field searches at each key. The naive scan
 * does the same work without an index: it normalises every label again at each key, keeps those in
 * which every word typed begins a word, and sorts them by length.
 */

import { readFileSync } from "node:fs";

import { QUERIES } from "../tests/web/metier-queries.mjs";
import { everyday } from "../web/js/everyday.js";
import { prepare, search } from "../web/js/metiers.js";
import { normalise, queryWords, stem } from "../web/js/words.js";

const SHOWN = 8;
const NAIVE_EVERY = 10; // it is slow: one key in ten is enough to know how slow

function naive(labels, typed) {
  const words = queryWords(normalise(typed));
  if (words.length === 0) return [];
  return labels
    .filter((label) => {
      const known = normalise(label).split(" ");
      return words.every((word) => known.some((other) => other.startsWith(word)));
    })
    .sort((a, b) => a.length - b.length);
}

function keysOf(typed) {
  return Array.from({ length: typed.length }, (_, end) => typed.slice(0, end + 1));
}

function timed(keys, action) {
  const costs = keys.map((key) => {
    const start = performance.now();
    action(key);
    return performance.now() - start;
  });
  costs.sort((a, b) => a - b);
  const at = (share) => costs[Math.ceil(share * costs.length) - 1];
  return { keys: costs.length, p50: at(0.5), p99: at(0.99), worst: at(1) };
}

// Where every word is looked for as it was typed, both must find the same labels.
function compare(index, labels, keys) {
  const plain = keys.filter((key) => {
    const said = normalise(key);
    return everyday(said) === said && queryWords(said).every((word) => stem(word) === word);
  });
  const differing = plain.filter((key) => {
    const expected = naive(labels, key).sort();
    const { found } = search(index, key, labels.length);
    const got = found.map(({ label }) => label).sort();
    return expected.length > 0 && expected.join("\n") !== got.join("\n");
  });
  return { compared: plain.length, differing };
}

const document = JSON.parse(readFileSync(process.argv[2], "utf8"));
const started = performance.now();
const index = prepare(document);
const prepared = performance.now() - started;
const labels = index.metiers.map(({ label }) => label);
const typed = QUERIES.flatMap((query) => query.typed);
const keys = typed.flatMap(keysOf);
const some = keys.filter((_, rank) => rank % NAIVE_EVERY === 0);

timed(keys, (key) => search(index, key, SHOWN)); // the field is used more than once
console.log(
  JSON.stringify({
    labels: labels.length,
    queries: typed.length,
    prepare: prepared,
    search: timed(keys, (key) => search(index, key, SHOWN)),
    naive: timed(some, (key) => naive(labels, key).slice(0, SHOWN)),
    ...compare(index, labels, some),
  }),
);
