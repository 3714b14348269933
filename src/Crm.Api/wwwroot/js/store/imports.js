// Imports of dialogs' histories, by dialog.

import { get, post } from '../api.js';
import { Emitter } from '../emitter.js';

/**
 * @typedef {{ id: number, dialogId: number, state: string, stored: number, total: number | null, rate: number | null,
 *   left: number | null, error: string | null, at: number }} Import
 */

/** Emits "changed" with a dialog's id. */
export class ImportStore extends Emitter {
  /** @type {Map<number, Import>} */
  #byDialog = new Map();

  /** @type {Promise<void> | null} */
  #loading = null;

  /** Reads them anew. */
  load() {
    const loading = get('imports').then(rows => rows.reverse().forEach(row => this.#keep(row.id, row)));
    this.#loading = loading;
    loading.catch(() => this.#loading === loading && (this.#loading = null));
    return loading;
  }

  /** Waits until they have been read: before that nobody knows what is paused. */
  known() {
    return this.#loading ?? this.load();
  }

  /** @param {number} dialogId */
  of(dialogId) {
    return this.#byDialog.get(dialogId);
  }

  /** @param {any} data of import.progress */
  hear(data) {
    this.#keep(data.import_id, data);
  }

  /** Asks how far a dialog's import is: the stream tells only when something was stored. @param {number} dialogId */
  async refresh(dialogId) {
    const known = this.#byDialog.get(dialogId);
    if (known) {
      this.#keep(known.id, await get(`imports/${known.id}`));
    }
  }

  /** Brings in what is missing of a dialog. @param {number} dialogId */
  async start(dialogId) {
    const row = await post('imports', { id_user: dialogId });
    this.#keep(row.id, row);
  }

  /** @param {number} dialogId */
  async pause(dialogId) {
    const row = await post(`imports/${this.#byDialog.get(dialogId)?.id}/pause`);
    this.#keep(row.id, row);
  }

  /** @param {number} id @param {any} row */
  #keep(id, row) {
    const known = this.#byDialog.get(row.id_user);
    if (known && (known.id > id || (known.id === id && known.stored > row.stored))) {
      return;
    }

    this.#byDialog.set(row.id_user, {
      id,
      dialogId: row.id_user,
      state: row.error_code === 'import.paused' ? 'paused' : row.state,
      stored: row.stored,
      total: row.total,
      rate: row.rate,
      left: row.seconds_left,
      error: row.error_code,
      at: row.updated_at,
    });
    this.emit('changed', row.id_user);
  }
}
