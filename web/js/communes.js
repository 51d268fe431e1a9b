/** The communes of France by postcode: small files, one for two first digits. */

import { load } from "./api.js";

const loading = new Map();

/**
 * The names of a postcode's communes, none when it is not a place's. Throws when they cannot be
 * loaded; the next call then tries again.
 */
export async function communesOf(postcode) {
  const beginning = postcode.slice(0, 2);
  if (!loading.has(beginning)) loading.set(beginning, namesOf(beginning));
  try {
    return (await loading.get(beginning))[postcode] ?? [];
  } catch (error) {
    loading.delete(beginning);
    throw error;
  }
}

function namesOf(beginning) {
  const none = {}; // no postcode begins so
  return load(`/data/communes/${beginning}.json`, none);
}
