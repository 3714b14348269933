// What was begun to be written, by dialog; it outlives a reload and a sign-in that ends.

import { tab } from '../storage.js';

export class Drafts {
  #key;
  /** @type {Record<string, string>} */
  #texts;

  /** @param {number} account */
  constructor(account) {
    this.#key = `drafts.${account}`;
    this.#texts = tab.get(this.#key, {});
  }

  /** @param {number} dialogId */
  get(dialogId) {
    return this.#texts[dialogId] ?? '';
  }

  /** @param {number} dialogId @param {string} text */
  set(dialogId, text) {
    if (text) {
      this.#texts[dialogId] = text;
    } else {
      delete this.#texts[dialogId];
    }

    tab.set(this.#key, this.#texts);
  }
}
