/**
 * The HTTP API, as the pages see it. A call never throws; it gives
 *   {ok: true, data}           done
 *   {ok: false, down: true}    no answer, or the server failed: trying again makes sense
 *   {ok: false, down: false, status, code, detail, errors, current}
 *                              the server refused, and says why
 */

const PATIENCE_MS = 20_000;

/**
 * Call the API. `token` is the manage link's, sent in the Authorization header and nowhere else.
 */
export async function call(method, path, { body, token, patience = PATIENCE_MS } = {}) {
  const headers = { Accept: "application/json, application/problem+json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  const limit = new AbortController(); // not AbortSignal.timeout, which is of 2022
  const timer = setTimeout(() => limit.abort(), patience);
  try {
    const response = await fetch(`/api${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: limit.signal,
      cache: "no-store",
    });
    return answer(response.status, await response.json());
  } catch {
    // No network, too slow, or not JSON: never something a person typed wrong.
    return { ok: false, down: true };
  } finally {
    clearTimeout(timer);
  }
}

function answer(status, data) {
  if (status >= 200 && status < 300) return { ok: true, data };
  if (status >= 500 || status === 429) return { ok: false, down: true };
  const { code = "", detail = "", errors = [], current = null } = data;
  return { ok: false, down: false, status, code, detail, errors, current };
}
