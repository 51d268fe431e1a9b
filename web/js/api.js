/**
 * The HTTP API, as the pages see it. A call never throws; it gives
 *   {ok: true, data}           done
 *   {ok: false, down: true}    no answer, or the server failed: trying again makes sense
 *   {ok: false, down: false, status, code, detail, errors, current}
 *                              the server refused, and says why
 */

const PATIENCE_MS = 20_000;

/**
 * What `read(response)` gives of a fetch; rejects when it fails, or takes more than `patience`, in
 * milliseconds.
 */
export async function fetchWithin(patience, address, options, read) {
  const limit = new AbortController(); // not AbortSignal.timeout, which is of 2022
  const timer = setTimeout(() => limit.abort(), patience);
  try {
    return await read(await fetch(address, { ...options, signal: limit.signal }));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The JSON of a data file; rejects when it takes too long, or when there is none, unless `missing` says
 * what then to give.
 */
export function load(address, missing) {
  return fetchWithin(PATIENCE_MS, address, {}, (response) => {
    if (missing && response.status === 404) return missing;
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.json();
  });
}

/**
 * Call the API. `token` is the manage link's, sent in the Authorization header and nowhere else.
 */
export async function call(method, path, { body, token, patience = PATIENCE_MS } = {}) {
  const headers = { Accept: "application/json, application/problem+json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  const content = body === undefined ? undefined : JSON.stringify(body);
  const options = { method, headers, body: content, cache: "no-store" };
  try {
    return await fetchWithin(patience, `/api${path}`, options, answer);
  } catch {
    // No network, too slow, or not JSON: never something a person typed wrong.
    return { ok: false, down: true };
  }
}

async function answer(response) {
  const { status } = response;
  const data = await response.json();
  if (status >= 200 && status < 300) return { ok: true, data };
  if (status >= 500 || status === 429) return { ok: false, down: true };
  const { code = "", detail = "", errors = [], current = null } = data;
  return { ok: false, down: false, status, code, detail, errors, current };
}
