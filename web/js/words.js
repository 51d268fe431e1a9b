/** Words as people type them: no accents, no capitals, no punctuation. Pure. */

const MARKS = /[\u0300-\u036f]/g;
const NOT_A_WORD = /[^a-z0-9]+/g;
const SHORTEST_WRONG_START = 5;

/** Letters as they are looked for: "Chef d’Œuvre" -> "chef d’oeuvre". */
export function fold(text) {
  return text
    .normalize("NFD")
    .replace(MARKS, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae");
}

/** "Chef d’œuvre / Cheffe" -> "chef d oeuvre cheffe". */
export function normalise(text) {
  return spaced(fold(text));
}

/** The same, of letters already folded. */
export function spaced(folded) {
  return folded.replace(NOT_A_WORD, " ").trim();
}

// Words that say nothing of the métier: small words, and what people add around it.
const NOISE = new Set(
  (
    "a au aux d de des du en et l la le les ou par pour un une avec sur " +
    "je cherche recherche poste emploi " +
    "apprenti apprentie apprentis apprentissage alternant alternante alternance cap bep bp bac bts"
  ).split(" "),
);

/** The words to look for, in the singular. Noise is dropped unless there is nothing else. */
export function queryWords(normalised) {
  const words = normalised.split(" ").filter(Boolean);
  const telling = words.filter((word) => !NOISE.has(word));
  return (telling.length > 0 ? telling : words).map(singular);
}

// A word found by its beginning is found in the plural too.
function singular(word) {
  return word.replace(/^(.{4,})[sx]$/, "$1");
}

// "boulangerie", "peinture", "mécanique", "électricité", "carrelage": the trade for the person who
// plies it.
const TRADE = /^(\w{4,})(?:erie|ure|ique|ite|age)$/;
const PERSON = /^(\w{4,})(?:iere?|eur|euse|rice|ienn?e?|ant|ante|iste)$/;

/** The common beginning of a trade and of the people who ply it; any other word is its own. */
export function stem(word) {
  return TRADE.exec(word)?.[1] ?? word;
}

/** The same, from the people too: "cuisinier" -> "cuisin". */
export function root(word) {
  return PERSON.exec(word)?.[1] ?? stem(word);
}

/**
 * Typing slips between `typed` and the closest beginning of `word`: letters added, missing, wrong
 * or swapped. Gives `limit + 1` as soon as the answer is known to be above `limit`.
 */
export function slips(typed, word, limit) {
  let before = [];
  let row = Array.from({ length: word.length + 1 }, (_, column) => column);
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= word.length; j += 1) {
      const same = typed[i - 1] === word[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      const swapped =
        i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      if (swapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
    if (Math.min(...row) > limit) return limit + 1;
  }
  return Math.min(...row);
}

/** Among `words`, the first that `typed` begins but for a first letter wrong, missing or swapped. */
export function wrongStart(typed, words) {
  if (typed.length < SHORTEST_WRONG_START) return null;
  const rest = typed.slice(1);
  const swapped = typed[1] + typed[0] + typed.slice(2);
  return (
    words.find((word) => word.startsWith(swapped) || word.startsWith(rest, 1)) ??
    words.find((word) => word.startsWith(rest) || word.startsWith(typed, 1)) ??
    null
  );
}
