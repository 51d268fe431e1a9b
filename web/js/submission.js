/**
 * One id for each content sent: a retry after a lost answer must not deposit twice, another content
 * must not be taken for a retry. Pure but for the store it is given (sessionStorage in the pages).
 */

const KEY = "depot.submission";

/** The id to send with this content: the one of the last try if the content is the same. */
export function submissionId(content, store, newId = () => crypto.randomUUID()) {
  const text = JSON.stringify(content);
  const last = store.get(KEY);
  if (last?.content === text) return last.id;
  const id = newId();
  store.set(KEY, { id, content: text });
  return id;
}

/** Forget it, once the server has answered that it is done. */
export function submissionDone(store) {
  store.remove(KEY);
}
