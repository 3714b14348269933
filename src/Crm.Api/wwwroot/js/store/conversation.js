// One dialog's messages as far as they are on the screen or behind it, in order of time, each once.

import { get } from '../api.js';
import { Emitter } from '../emitter.js';

/**
 * A message row of the API.
 * @typedef {{ id: number, message: string, answer: 0 | 1, timestamp: number, id_user: number, message_id: number,
 *   edited_at: number | null, deleted_at: number | null, revisions: number }} Row
 */

const PAGE = 60;
const LARGE_PAGE = 500;

/** Emits "changed". */
export class Conversation extends Emitter {
  /** @type {Row[]} */
  rows = [];
  /** Whether older ones are stored on the server. */
  hasMore = true;
  /** Whether nothing is missing there between the first message and the newest stored one. */
  isComplete = false;
  isLoading = false;
  isOpened = false;
  /** Telegram's id up to which they have read what we wrote. */
  readByThem = 0;
  /** @type {Map<number, Row>} by Telegram's id */
  #byMessage = new Map();

  /** @param {number} dialogId */
  constructor(dialogId) {
    super();
    this.dialogId = dialogId;
  }

  /** Telegram's id of the newest message that came from them; 0 when there is none. */
  get newestFromThem() {
    return this.rows.findLast(row => row.answer === 0 && row.deleted_at === null)?.message_id ?? 0;
  }

  get newest() {
    return this.rows.at(-1)?.message_id ?? 0;
  }

  /** The latest page, or everything since what is here: after a break nothing is left out. */
  async refresh() {
    const oldest = this.rows[0];
    let page = await this.#read(null, this.isOpened ? LARGE_PAGE : PAGE);
    const pages = [page];
    while (oldest && page.more && isBefore(oldest, page.messages[0])) {
      page = await this.#read(page.messages[0].id, LARGE_PAGE);
      pages.push(page);
    }

    this.isOpened = true;
    this.isComplete = pages[0].complete;
    if (!oldest || isBefore(page.messages[0] ?? oldest, oldest) || !page.more) {
      this.hasMore = page.more;
    }

    this.add(pages.flatMap(each => each.messages));
  }

  /** The page before the oldest one here. @returns {Promise<number>} how many came */
  async loadOlder() {
    if (this.isLoading) {
      return 0;
    }

    this.isLoading = true;
    try {
      const page = await this.#read(this.rows[0]?.id ?? null, LARGE_PAGE);
      this.hasMore = page.more;
      this.isComplete = page.complete;
      return this.add(page.messages);
    } finally {
      this.isLoading = false;
    }
  }

  /** Takes in rows, new ones and changed ones. @param {Row[]} rows @returns {number} how many are new */
  add(rows) {
    let added = 0;
    let isSorted = true;
    for (const row of rows) {
      const known = this.#byMessage.get(row.message_id);
      if (known) {
        // A page that was read before a change may come after it.
        if (row.revisions >= known.revisions && (row.deleted_at !== null || known.deleted_at === null)) {
          Object.assign(known, row);
        }
      } else {
        const last = this.rows.at(-1);
        isSorted &&= !last || isBefore(last, row);
        this.#byMessage.set(row.message_id, row);
        this.rows.push(row);
        added++;
      }
    }

    if (!isSorted) {
      this.rows.sort((a, b) => a.timestamp - b.timestamp || a.message_id - b.message_id);
    }

    this.emit('changed');
    return added;
  }

  /** A row that changed, if it is here; one that isn't comes changed when it is loaded. @param {Row} row */
  update(row) {
    if (this.#byMessage.has(row.message_id)) {
      this.add([row]);
    }
  }

  /** @param {number} messageId */
  has(messageId) {
    return this.#byMessage.has(messageId);
  }

  /** @param {number | null} before @param {number} limit */
  #read(before, limit) {
    return get(`dialogs/${this.dialogId}/messages?limit=${limit}${before ? `&before=${before}` : ''}`);
  }
}

/** @param {Row} a @param {Row} b */
const isBefore = (a, b) => a.timestamp < b.timestamp || (a.timestamp === b.timestamp && a.message_id < b.message_id);
