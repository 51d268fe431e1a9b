/** One or several, in French: 0 and 1 are one. Pure. */

export function plural(count, one, several) {
  return count < 2 ? one : several;
}
