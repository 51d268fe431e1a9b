/**
 * What the tab remembers until it is closed. A browser that refuses storage makes it forget,
 * nothing worse.
 */

/** A JSON store over sessionStorage. */
export function tabStore() {
  return {
    get: (key) => attempt(() => JSON.parse(sessionStorage.getItem(key))),
    set: (key, value) => attempt(() => sessionStorage.setItem(key, JSON.stringify(value))),
    remove: (key) => attempt(() => sessionStorage.removeItem(key)),
  };
}

function attempt(action) {
  try {
    return action() ?? null;
  } catch {
    return null;
  }
}
