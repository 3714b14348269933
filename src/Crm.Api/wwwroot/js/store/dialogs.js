// The dialogs of the list: loaded once, then kept up to date by events.

import { get, post } from '../api.js';
import { Emitter } from '../emitter.js';
import { tab } from '../storage.js';

/**
 * @typedef {object} Dialog
 * @property {number} id
 * @property {string} title
 * @property {string | null} username
 * @property {string | null} phone
 * @property {string} type
 * @property {number} unread
 * @property {string} last
 * @property {boolean} lastIsMine
 * @property {number} time Unix seconds of the last message; 0 when there is none
 * @property {string} searchable
 */

/** So many are kept for the next reload, to have something on the screen at once and while Telegram is away. */
const KEPT = 400;

/** An unknown dialog makes the list be read anew, so often at most. */
const RELOAD_PAUSE_MS = 3000;

/** Emits "changed". */
export class DialogStore extends Emitter {
  /** @type {Map<number, Dialog>} */
  #byId = new Map();
  /** @type {Dialog[] | null} newest first */
  #sorted = null;
  #cacheKey;
  #reloading = false;
  isLoaded = false;
  /** @type {import('../api.js').ApiError | null} */
  error = null;

  /** @param {number} account */
  constructor(account) {
    super();
    this.#cacheKey = `dialogs.${account}`;
    this.#replace(tab.get(this.#cacheKey, []));
    addEventListener('pagehide', () => tab.set(this.#cacheKey, this.all.slice(0, KEPT)));
  }

  /** @returns {Dialog[]} */
  get all() {
    return this.#sorted ??= [...this.#byId.values()].sort((a, b) => b.time - a.time || a.id - b.id);
  }

  /** @param {number} id */
  find(id) {
    return this.#byId.get(id);
  }

  async load() {
    try {
      const rows = await post('telegram_load');
      this.#replace(rows.map(fromRow));
      this.isLoaded = true;
      this.error = null;
    } catch (error) {
      this.error = /** @type {any} */ (error);
      this.emit('changed');
      throw error;
    }
  }

  /** Those whose name, username or phone holds every word. @param {string} query */
  search(query) {
    const words = fold(query).split(/\s+/).filter(Boolean).map(word => word.replace(/^[@+]/, ''));
    return words.length === 0 ? this.all : this.all.filter(dialog => words.every(word => dialog.searchable.includes(word)));
  }

  /** A message came or left. @param {any} row @param {boolean} isSeen whether somebody looks at it right now */
  note(row, isSeen) {
    const dialog = this.#byId.get(row.id_user);
    if (!dialog) {
      this.#reloadSoon();
      return;
    }

    if (row.answer === 0 && !isSeen && row.timestamp >= dialog.time) {
      dialog.unread += 1;
    }

    if (row.timestamp >= dialog.time) {
      Object.assign(dialog, { time: row.timestamp, last: row.message, lastIsMine: row.answer === 1 });
    }

    this.#changed();
  }

  /** @param {number} id @param {number} unread */
  setUnread(id, unread) {
    const dialog = this.#byId.get(id);
    if (dialog && dialog.unread !== unread) {
      dialog.unread = unread;
      this.#changed();
    }
  }

  /** Something about a dialog changed that this store doesn't hold. */
  touch() {
    this.#changed();
  }

  /** @param {Dialog[]} dialogs */
  #replace(dialogs) {
    this.#byId = new Map(dialogs.map(dialog => [dialog.id, dialog]));
    this.#changed();
  }

  #changed() {
    this.#sorted = null;
    this.emit('changed');
  }

  async #reloadSoon() {
    if (!this.#reloading) {
      this.#reloading = true;
      await this.load().catch(() => undefined);
      setTimeout(() => this.#reloading = false, RELOAD_PAUSE_MS);
    }
  }
}

/** What Telegram says of limits, the connection and imports. */
export const readConnection = () => get('connection');

/** Case and accents don't matter, nor how a phone is written. @param {string} text */
const fold = text => text.toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/ё/g, 'е').replace(/(?<=\d)[\s()-]+(?=\d)/g, '');

/** @param {any} row @returns {Dialog} */
const fromRow = row => ({
  id: row.id,
  title: row.title,
  username: row.username,
  phone: row.phone,
  type: row.type,
  unread: row.unread_count,
  last: row.last_message ?? '',
  lastIsMine: false,
  time: row.timestamp ?? 0,
  searchable: fold([row.title, row.username ?? '', row.phone ?? ''].join(' ')),
});
