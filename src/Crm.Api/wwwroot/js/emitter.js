/** Tells listeners by name. Every store is one. */
export class Emitter {
  #listeners = new Map();

  /** @param {string} name @param {(value?: any) => void} listener @returns {() => void} stops listening */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** @param {string} name @param {any} [value] */
  emit(name, value) {
    for (const listener of [...this.#listeners.get(name) ?? []]) {
      listener(value);
    }
  }
}
