/** Which texts hold a word that begins so: an inverted index over sorted words. Pure. */

/** Index texts whose words are separated by spaces; a text is its rank. */
export function prefixIndex(texts) {
  const holders = new Map(); // word -> ranks of the texts that hold it
  texts.forEach((text, rank) => {
    for (const word of new Set(text.trim().split(" "))) {
      if (!holders.has(word)) holders.set(word, []);
      holders.get(word).push(rank);
    }
  });
  const sorted = [...holders.keys()].sort(); // by code unit, as < compares
  const words = [...sorted].sort((a, b) => holders.get(b).length - holders.get(a).length);
  const byInitial = new Map();
  for (const word of words) {
    if (!byInitial.has(word[0])) byInitial.set(word[0], []);
    byInitial.get(word[0]).push(word);
  }

  function firstFrom(start) {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // One bit a start, for each text.
  function marks(starts) {
    const found = new Uint32Array(texts.length);
    starts.forEach((start, bit) => {
      for (let at = firstFrom(start); sorted[at]?.startsWith(start); at += 1) {
        for (const rank of holders.get(sorted[at])) found[rank] |= 1 << bit;
      }
    });
    return found;
  }

  return {
    /** Every word, the commonest first. */
    words,
    /** The words with this initial, the commonest first. */
    wordsIn: (initial) => byInitial.get(initial) ?? [],
    /** Whether a word begins so. */
    knows: (start) => Boolean(sorted[firstFrom(start)]?.startsWith(start)),
    /** Ranks of the texts where each of these (31 at most) begins a word. */
    withAll(starts) {
      const all = 2 ** starts.length - 1;
      return ranksOf(marks(starts), (bits) => bits === all && all > 0);
    },
    /** Ranks of the texts where the most of these begin a word, at least one. */
    withMost(starts) {
      const counts = marks(starts).map(bitsIn);
      const most = Math.max(1, ...new Set(counts));
      return ranksOf(counts, (count) => count === most);
    },
  };
}

function ranksOf(values, wanted) {
  const ranks = [];
  values.forEach((value, rank) => wanted(value) && ranks.push(rank));
  return ranks;
}

function bitsIn(number) {
  let count = 0;
  for (let left = number; left > 0; left &= left - 1) count += 1;
  return count;
}
