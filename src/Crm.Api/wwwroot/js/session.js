// Who is signed in here. Tokens live in sessionStorage: they survive a reload and end with the tab, and nothing of them stays on the
// disk for the next person at this computer. A new tab asks the others for them, and a refresh in one is told to all.

import { Emitter } from './emitter.js';
import { tab } from './storage.js';

/** @typedef {{ account: number, login: string, access: string, refresh: string, until: number }} Session */

const ANSWER_WAIT_MS = 120;

class Sessions extends Emitter {
  /** @type {Session | null} */
  #current = tab.get('session');
  #channel = 'BroadcastChannel' in window ? new BroadcastChannel('inbox.session') : null;

  constructor() {
    super();
    this.#channel?.addEventListener('message', event => this.#hear(event.data));
  }

  /** @returns {Session | null} */
  get current() {
    return this.#current;
  }

  /** Takes over the session of another tab, if one has any. @returns {Promise<Session | null>} */
  async adopt() {
    if (!this.#current && this.#channel) {
      const answered = new Promise(resolve => {
        const stop = this.on('changed', () => (stop(), resolve(null)));
        setTimeout(() => (stop(), resolve(null)), ANSWER_WAIT_MS);
      });
      this.#channel.postMessage({ kind: 'ask' });
      await answered;
    }

    return this.#current;
  }

  /** @param {any} tokens an answer of account_auth, token_refresh or account_password @param {{ account: number, login: string }} who */
  begin(tokens, who) {
    this.#keep({
      account: who.account,
      login: who.login,
      access: tokens.access_token,
      refresh: tokens.refresh_token,
      until: Date.now() + tokens.expires_in * 1000,
    });
    this.#channel?.postMessage({ kind: 'have', session: this.#current });
  }

  /** Its tokens are worth nothing any more, or somebody signs out. */
  end(reason = 'signed_out') {
    const ended = this.#current;
    if (ended) {
      this.#keep(null);
      this.#channel?.postMessage({ kind: 'end', refresh: ended.refresh });
      this.emit('ended', reason);
    }
  }

  /**
   * Lets one tab at a time do something with the tokens. Without the lock (plain http) nothing breaks: the API takes a refresh token
   * more than once.
   * @template T @param {() => Promise<T>} work @returns {Promise<T>}
   */
  alone(work) {
    return navigator.locks ? navigator.locks.request('inbox.refresh', work) : work();
  }

  /** @param {Session | null} session */
  #keep(session) {
    this.#current = session;
    tab.set('session', session);
    this.emit('changed');
  }

  /** @param {{ kind: string, session?: Session, refresh?: string }} message */
  #hear({ kind, session, refresh }) {
    const current = this.#current;
    if (kind === 'ask' && current) {
      this.#channel?.postMessage({ kind: 'have', session: current });
    } else if (kind === 'have' && session && (!current || current.account === session.account) && !(current && current.until >= session.until)) {
      this.#keep(session);
      this.emit('adopted');
    } else if (kind === 'end' && current?.refresh === refresh) {
      this.#keep(null);
      this.emit('ended', 'signed_out');
    }
  }
}

export const sessions = new Sessions();
