// What was written here and isn't known to be in Telegram yet. Each answer has an idempotency key from the first keystroke of Enter on,
// and every further try shows the same one: however often it is tried, it is sent once.

import { ApiError, get, post } from '../api.js';
import { Emitter } from '../emitter.js';
import { tab } from '../storage.js';

/**
 * @typedef {object} Answer
 * @property {string} key
 * @property {number} dialogId
 * @property {string} text
 * @property {number} time Unix seconds
 * @property {"sending" | "waiting" | "queued" | "failed"} state waiting: for the server; queued: the server has it and waits for Telegram
 * @property {number} [sendId]
 * @property {ApiError | { code: string }} [error]
 */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

/** Emits "changed" with a dialog's id, and "sent" with a message row. */
export class Outbox extends Emitter {
  /** @type {Map<string, Answer>} */
  #answers;
  #storageKey;
  #isStopped = false;
  /** Telegram's word about sends whose answer of ours is still on its way. @type {Map<number, any>} */
  #early = new Map();

  /** @param {number} account */
  constructor(account) {
    super();
    this.#storageKey = `outbox.${account}`;
    this.#answers = new Map(tab.get(this.#storageKey, []).map(answer => [answer.key, answer]));
  }

  /** Goes on with what an earlier life of this page left. */
  resume() {
    for (const answer of this.#answers.values()) {
      if (answer.state === 'queued') {
        this.#ask(answer);
      } else if (answer.state !== 'failed') {
        this.#deliver(answer);
      }
    }
  }

  stop() {
    this.#isStopped = true;
  }

  /** Those of a dialog, in the order they were written. @param {number} dialogId */
  of(dialogId) {
    return [...this.#answers.values()].filter(answer => answer.dialogId === dialogId);
  }

  /** Whether a message of ours that the stream brings may be one whose answer is still on its way. @param {any} row */
  isExpecting(row) {
    return this.of(row.id_user).some(answer => answer.state !== 'failed' && answer.text === row.message);
  }

  /** @param {number} dialogId @param {string} text */
  send(dialogId, text) {
    const answer = { key: newKey(), dialogId, text, time: Math.floor(Date.now() / 1000), state: /** @type {const} */ ('sending') };
    this.#answers.set(answer.key, answer);
    this.#deliver(answer);
  }

  /** Tries again, under the same key. @param {string} key */
  retry(key) {
    const answer = this.#answers.get(key);
    if (answer) {
      this.#deliver(answer);
    }
  }

  /** Forgets an answer that failed. @param {string} key @returns {string} what it said */
  discard(key) {
    const answer = this.#answers.get(key);
    this.#forget(answer);
    return answer?.text ?? '';
  }

  /** What the stream tells of sends. @param {string} type @param {any} data */
  hear(type, data) {
    const answer = [...this.#answers.values()].find(each => each.sendId === data.send_id);
    if (!answer && [...this.#answers.values()].some(each => each.sendId === undefined)) {
      this.#early.set(data.send_id, { type, data });
    } else if (!answer) {
      this.#early.clear();
    } else if (type === 'send.sent') {
      this.#settle(answer, data.message);
    } else if (type === 'send.failed') {
      this.#change(answer, { state: 'failed', error: { code: data.code } });
    }
  }

  /** @param {Answer} answer */
  async #deliver(answer) {
    this.#change(answer, { state: 'sending', error: undefined });
    for (let wait = FIRST_WAIT_MS; !this.#isStopped && this.#answers.has(answer.key); wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        this.#take(answer, await post(
          'telegram_send', { user_id: answer.dialogId, answer: answer.text }, { headers: { 'Idempotency-Key': answer.key } }));
        return;
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) {
          // It goes on when somebody has signed in again.
          this.#change(answer, { state: 'waiting' });
          return;
        }

        if (!(error instanceof ApiError) || !isWorthWaiting(error)) {
          this.#change(answer, { state: 'failed', error: error instanceof ApiError ? error : { code: 'other' } });
          return;
        }

        this.#change(answer, { state: 'waiting' });
        await untilLater(Math.max(wait, (error.retryAfter ?? 0) * 1000));
      }
    }
  }

  /** Asks what became of an answer that the server had queued. @param {Answer} answer */
  async #ask(answer) {
    await get(`sends/${answer.sendId}`).then(state => this.#take(answer, state), () => this.#deliver(answer));
  }

  /** @param {Answer} answer @param {any} row an answer of telegram_send or sends/{id} */
  #take(answer, row) {
    const early = this.#early.get(row.send_id);
    this.#early.delete(row.send_id);
    this.#change(answer, { sendId: row.send_id, state: row.status === 'failed' ? 'failed' : 'queued', error: row.code && { code: row.code } });
    if (row.status === 'sent') {
      this.#settle(answer, row);
    } else if (early) {
      this.hear(early.type, early.data);
    }
  }

  /** Telegram has it: the row takes its place. @param {Answer} answer @param {any} row */
  #settle(answer, row) {
    this.#answers.delete(answer.key);
    this.#save();
    if (row?.message_id) {
      this.emit('sent', row);
    }

    this.emit('changed', answer.dialogId);
  }

  /** @param {Answer | undefined} answer */
  #forget(answer) {
    if (answer) {
      this.#answers.delete(answer.key);
      this.#save();
      this.emit('changed', answer.dialogId);
    }
  }

  /** @param {Answer} answer @param {Partial<Answer>} change */
  #change(answer, change) {
    Object.assign(answer, change);
    this.#save();
    this.emit('changed', answer.dialogId);
  }

  #save() {
    const plain = [...this.#answers.values()].map(answer => ({ ...answer, error: answer.error && { code: answer.error.code } }));
    tab.set(this.#storageKey, plain);
  }
}

/** What time alone may mend. A limit that is hours away is told instead. @param {ApiError} error */
const isWorthWaiting = error => error.isPassing && (error.retryAfter ?? 0) <= 60;

/** @param {number} milliseconds */
const untilLater = milliseconds => new Promise(resolve => {
  const timer = setTimeout(done, milliseconds);
  addEventListener('online', done);
  function done() {
    clearTimeout(timer);
    removeEventListener('online', done);
    resolve(undefined);
  }
});

// crypto.randomUUID is only there over https and on localhost.
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
