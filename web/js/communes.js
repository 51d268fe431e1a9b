/** The communes of France by postcode: small files, one for two first digits. */

const loading = new Map();

/**
 * The names of a postcode's communes, none when it is not a place's. Throws when they cannot be
 * loaded; the next call then tries again.
 */
export async function communesOf(postcode) {
  const beginning = postcode.slice(0, 2);
  if (!loading.has(beginning)) loading.set(beginning, load(beginning));
  try {
    return (await loading.get(beginning))[postcode] ?? [];
  } catch (error) {
    loading.delete(beginning);
    throw error;
  }
}

async function load(beginning) {
  const response = await fetch(`/data/communes/${beginning}.json`);
  if (response.status === 404) return {}; // no postcode begins so
  if (!response.ok) throw new Error(`communes ${beginning}: ${response.status}`);
  return response.json();
}
