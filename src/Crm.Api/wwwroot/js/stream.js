// The account's events as they happen. Whatever breaks the stream, the next one begins where this one stopped.

import { ApiError, send } from './api.js';
import { Emitter } from './emitter.js';

/** The server says something at least every 15 seconds; a silence of this length is a dead connection. */
const SILENCE_MS = 35_000;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;

/**
 * Emits "event" with each event, "state" with "live" or "away" ({ retryAt }), and "reset" when the server no longer keeps what
 * followed the last event: then everything has to be read anew.
 */
export class EventStream extends Emitter {
  /** @type {string | null} */
  #lastId = null;
  #stopped = false;
  #failures = 0;
  /** @type {AbortController | null} */
  #connection = null;
  /** @type {(() => void) | null} */
  #wake = null;
  #onOnline = () => this.retryNow();
  #onOffline = () => this.#connection?.abort();

  start() {
    addEventListener('online', this.#onOnline);
    addEventListener('offline', this.#onOffline);
    this.#run();
  }

  stop() {
    this.#stopped = true;
    removeEventListener('online', this.#onOnline);
    removeEventListener('offline', this.#onOffline);
    this.#connection?.abort();
    this.#wake?.();
  }

  /** Does not wait for the next try any longer. */
  retryNow() {
    this.#wake?.();
  }

  async #run() {
    while (!this.#stopped) {
      const wait = await this.#read().then(() => 0, error => this.#judge(error));
      if (this.#stopped || wait === null) {
        return;
      }

      if (wait > 0) {
        this.emit('state', { name: 'away', retryAt: Date.now() + wait });
        await new Promise(resolve => {
          this.#wake = () => resolve(null);
          setTimeout(resolve, wait);
        });
        this.#wake = null;
      }
    }
  }

  /** How long to wait after a failure; null when nobody is signed in any more. @param {unknown} error */
  #judge(error) {
    if (error instanceof ApiError && error.status === 401) {
      return null;
    }

    if (error instanceof ApiError && (error.code === 'events.gone' || error.code === 'events.id_unknown')) {
      this.#lastId = null;
      this.emit('reset');
    }

    const backoff = Math.min(FIRST_WAIT_MS * 2 ** this.#failures++, LONGEST_WAIT_MS) * (0.75 + Math.random() / 2);
    const asked = error instanceof ApiError && error.retryAfter ? error.retryAfter * 1000 : 0;
    return Math.max(backoff, asked);
  }

  /** Reads one connection to its end. The server ends it in good order once an hour, so that a fresh token is shown. */
  async #read() {
    const connection = new AbortController();
    this.#connection = connection;
    let silence = setTimeout(() => connection.abort(), SILENCE_MS);
    try {
      const headers = { Accept: 'text/event-stream', ...this.#lastId && { 'Last-Event-ID': this.#lastId } };
      const response = await send('GET', 'events', { headers, signal: connection.signal });
      const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
      const decoder = new TextDecoder();
      const parser = new EventParser();
      for (let isFirst = true; ; isFirst = false) {
        const { done, value } = await reader.read();
        if (done) {
          throw new ApiError(0, { code: 'network' });
        }

        clearTimeout(silence);
        silence = setTimeout(() => connection.abort(), SILENCE_MS);
        const events = parser.push(decoder.decode(value, { stream: true }));
        this.#lastId = parser.lastId ?? this.#lastId;
        if (isFirst) {
          this.#failures = 0;
          this.emit('state', { name: 'live' });
        }

        events.forEach(event => this.emit('event', event));
      }
    } finally {
      clearTimeout(silence);
      connection.abort();
    }
  }
}

/** Lines of text/event-stream, however they are cut, to events. */
export class EventParser {
  /** Of the last event that is whole. @type {string | null} */
  lastId = null;
  /** @type {string | null} */
  #id = null;
  #rest = '';
  #data = '';

  /** @param {string} text @returns {any[]} */
  push(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    const events = [];
    for (const line of lines) {
      if (line === '') {
        // Only now: whoever goes on after an event has to have seen it. The first says an id alone.
        this.lastId = this.#id ?? this.lastId;
        if (this.#data !== '') {
          events.push(JSON.parse(this.#data));
          this.#data = '';
        }
      } else if (line.startsWith('data: ')) {
        this.#data += line.slice('data: '.length);
      } else if (line.startsWith('id: ')) {
        this.#id = line.slice('id: '.length);
      }
    }

    return events;
  }
}
