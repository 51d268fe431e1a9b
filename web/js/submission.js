/**
 * One id for each content sent: a retry after a lost answer must not deposit twice, another content
 * must not be taken for a retry. Pure but for chance and the store it is given (sessionStorage in
 * the pages).
 */

const KEY = "depot.submission";

/** The id to send with this content: the one of the last try if the content is the same. */
export function submissionId(content, store) {
  const text = JSON.stringify(content);
  const last = store.get(KEY);
  if (last?.content === text) return last.id;
  const id = newId();
  store.set(KEY, { id, content: text });
  return id;
}

/** A UUID version 4. Not crypto.randomUUID(), which is of 2022 and only on secure origins. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40; // version
  bytes[8] = (bytes[8] & 0x3f) | 0x80; // variant
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Forget the id of what was erased since: only another one deposits anew. */
export function forgetErased(result, store) {
  if (result.code === "submission_erased") submissionDone(store);
}

/** Forget it, once the server has answered that it is done. */
export function submissionDone(store) {
  store.remove(KEY);
}
