// The public API, as any frontend calls it: one function for a call, with the token and its refresh, and one kind of error.

import { sessions } from './session.js';

/** A refusal (problem details), or no answer at all (status 0, code "network"). */
export class ApiError extends Error {
  /** @param {number} status @param {any} problem @param {number | null} retryAfter seconds */
  constructor(status, problem, retryAfter = null) {
    super(problem.title ?? problem.code);
    this.status = status;
    /** @type {string} */
    this.code = problem.code ?? 'server.error';
    /** @type {Record<string, string[]>} */
    this.fields = problem.errors ?? {};
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** Whether asking again unchanged may help. */
  get isPassing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Tokens are refreshed so long before they end. */
const MARGIN_MS = 30_000;

/**
 * @typedef {object} Call
 * @property {any} [body] becomes JSON
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 * @property {boolean} [open] the route needs no token
 */

/** @param {string} path @param {Call} [call] */
export const get = (path, call) => answer('GET', path, call);

/** @param {string} path @param {any} [body] @param {Call} [call] */
export const post = (path, body = {}, call = {}) => answer('POST', path, { ...call, body });

/** @param {string} path */
export const remove = path => answer('DELETE', path);

/** @param {string} method @param {string} path @param {Call} [call] @returns {Promise<any>} the answer's JSON */
async function answer(method, path, call = {}) {
  const response = await send(method, path, call);
  return response.status === 204 ? null : response.json();
}

/**
 * A response that is not a refusal; the event stream reads its body as it comes.
 * @param {string} method @param {string} path @param {Call} call @returns {Promise<Response>}
 */
export async function send(method, path, call = {}) {
  const token = call.open ? null : await freshToken();
  try {
    return await request(method, path, call, token);
  } catch (error) {
    if (!token || !isAboutToken(error)) {
      throw error;
    }
  }

  try {
    return await request(method, path, call, await refresh(token));
  } catch (error) {
    if (isAboutToken(error)) {
      sessions.end('void');
    }

    throw error;
  }
}

/** A wrong password is a 401 too, and no reason to sign out. @param {unknown} error */
const isAboutToken = error => error instanceof ApiError && error.status === 401 && error.code.startsWith('authentication.');

/** @param {string} method @param {string} path @param {Call} call @param {string | null} token */
async function request(method, path, call, token) {
  const headers = new Headers({ Accept: 'application/json', ...call.headers });
  if (token) {
    headers.set('Authorization', `Bearer ${token}`);
  }

  if (call.body !== undefined) {
    headers.set('Content-Type', 'application/json');
  }

  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const response = await fetch(`api/${path}`, { method, headers, body, signal: call.signal, cache: 'no-store', credentials: 'omit' })
    .catch(error => {
      throw error.name === 'AbortError' ? error : new ApiError(0, { code: 'network' });
    });
  if (!response.ok) {
    throw await toError(response);
  }

  return response;
}

/** @param {Response} response */
async function toError(response) {
  const problem = await response.json().catch(() => ({}));
  const wait = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return new ApiError(response.status, problem, Number.isNaN(wait) ? null : wait);
}

async function freshToken() {
  const session = sessions.current;
  if (!session) {
    throw new ApiError(401, { code: 'authentication.required' });
  }

  return session.until - Date.now() > MARGIN_MS ? session.access : refresh(session.access);
}

/**
 * Another access token than one that is worth nothing. Whoever comes second, in this tab or another, finds the first one's.
 * @param {string} stale @returns {Promise<string>}
 */
function refresh(stale) {
  return sessions.alone(async () => {
    const session = sessions.current;
    if (session && session.access !== stale) {
      return session.access;
    }

    if (!session) {
      throw new ApiError(401, { code: 'authentication.required' });
    }

    const response = await request('POST', 'token_refresh', { body: { refresh_token: session.refresh } }, null);
    sessions.begin(await response.json(), session);
    return /** @type {any} */ (sessions.current).access;
  });
}
