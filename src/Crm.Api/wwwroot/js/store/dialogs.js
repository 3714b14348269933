// The dialogs of the list: those that are stored at once, Telegram's own list when it answers, then kept up to date by events.

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
 * @property {string | null} last null: there is none, or nobody here knows it
 * @property {boolean} lastIsMine
 * @property {number} time Unix seconds of the last message; 0 when there is none
 * @property {string} searchable
 */

/** So many are kept for the next reload, to have something on the screen at once: texts too that are stored nowhere else. */
const KEPT = 400;

/** Stored dialogs are read so many at a time. */
const PAGE = 1000;

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
  #isStale = false;
  /** @type {Promise<void> | null} */
  #loading = null;
  /** Dialogs in which something was said while Telegram's list was on its way: it may not know that yet. @type {Set<number>} */
  #spoken = new Set();
  /** The same of what was read. @type {Set<number>} */
  #read = new Set();
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

  /** Reads them anew, or waits for whoever does so already. */
  load() {
    this.#loading ??= this.#load().finally(() => this.#loading = null);
    return this.#loading;
  }

  async #load() {
    const stored = this.isLoaded ? null : this.#loadStored().catch(() => undefined);
    this.#spoken.clear();
    this.#read.clear();
    try {
      const rows = await post('telegram_load');
      this.isLoaded = true;
      this.error = null;
      this.#replace(rows.map(fromRow).map(listed => this.#newer(listed, this.#byId.get(listed.id))));
    } catch (error) {
      await stored;
      this.error = /** @type {any} */ (error);
      this.emit('changed');
      throw error;
    }
  }

  /** What the server knows by itself: there at once, and while Telegram is away. */
  async #loadStored() {
    const rows = [];
    for (let page = { more: true }; page.more;) {
      page = await get(`dialogs?limit=${PAGE}${rows.length > 0 ? `&after=${rows.at(-1).id}` : ''}`);
      rows.push(...page.dialogs);
    }

    if (!this.isLoaded) {
      const stored = rows.map(fromRow).map(dialog => better(dialog, this.#byId.get(dialog.id)));
      this.#replace([...this.#byId.values(), ...stored]);
    }
  }

  /** Those whose name, username or phone holds every word. @param {string} query */
  search(query) {
    const words = fold(query).split(/\s+/).filter(Boolean).map(word => word.replace(/^[@+]/, ''));
    return words.length === 0 ? this.all : this.all.filter(dialog => words.every(word => dialog.searchable.includes(word)));
  }

  /** A message came or left. @param {any} row @param {boolean} isSeen whether somebody looks at it right now */
  note(row, isSeen) {
    this.#spoken.add(row.id_user);
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
    this.#read.add(id);
    const dialog = this.#byId.get(id);
    if (dialog && dialog.unread !== unread) {
      dialog.unread = unread;
      this.#changed();
    }
  }

  /** It was read, and nobody here knows how far that is. @param {number} id */
  recount(id) {
    if ((this.#byId.get(id)?.unread ?? 0) > 0) {
      this.#reloadSoon();
    }
  }

  /** A message says something else now. @param {any} row @param {string} before what it said */
  reword(row, before) {
    const dialog = this.#byId.get(row.id_user);
    if (dialog && row.timestamp === dialog.time && dialog.last === before) {
      dialog.last = row.message;
      this.#changed();
    }
  }

  /** A message is gone; what stands last now, and how much is unread, Telegram knows. @param {any} row */
  drop(row) {
    this.#spoken.delete(row.id_user);
    const dialog = this.#byId.get(row.id_user);
    if (dialog && (row.timestamp >= dialog.time || (row.answer === 0 && dialog.unread > 0))) {
      this.#reloadSoon();
    }
  }

  /** Something about a dialog changed that this store doesn't hold. */
  touch() {
    this.#changed();
  }

  /** Telegram's word, unless it was told something since. @param {Dialog} listed @param {Dialog | undefined} known @returns {Dialog} */
  #newer(listed, known) {
    return !known || known.time < listed.time ? listed
      : this.#spoken.has(listed.id) ? as(listed, known)
        : this.#read.has(listed.id) ? { ...listed, unread: known.unread } : listed;
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
    if (this.#reloading) {
      this.#isStale = true;
      return;
    }

    this.#reloading = true;
    this.#isStale = false;
    await this.#loading?.catch(() => undefined);
    await this.load().catch(() => undefined);
    setTimeout(() => {
      this.#reloading = false;
      this.#isStale && this.#reloadSoon();
    }, RELOAD_PAUSE_MS);
  }
}

/** What Telegram says of limits, the connection and imports. */
export const readConnection = () => get('connection');

/** Case and accents don't matter, nor how a phone is written. @param {string} text */
const fold = text => text.toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/ё/g, 'е').replace(/(?<=\d)[\s()-]+(?=\d)/g, '');

/** A dialog as listed, standing as another one does. @param {Dialog} listed @param {Dialog} known */
const as = (listed, { time, last, lastIsMine, unread }) => ({ ...listed, time, last, lastIsMine, unread });

/** The server has not every text, and doesn't count what is unread. @param {Dialog} stored @param {Dialog | undefined} known @returns {Dialog} */
const better = (stored, known) => !known ? stored
  : stored.last !== null && stored.time >= known.time ? { ...stored, unread: known.unread } : as(stored, known);

/** @param {any} row @returns {Dialog} */
const fromRow = row => ({
  id: row.id,
  title: row.title,
  username: row.username,
  phone: row.phone,
  type: row.type,
  unread: row.unread_count,
  last: row.last_message,
  lastIsMine: false,
  time: row.timestamp ?? 0,
  searchable: fold([row.title, row.username ?? '', row.phone ?? ''].join(' ')),
});
