// What a client was told, kept until somebody asks for it.
const PATIENCE_MS = 20_000;

export class Inbox {
  all = [];
  #waiting = new Set();

  put(item) {
    this.all.push(item);
    for (const look of this.#waiting) look();
  }

  // The first item, told or still to come, that the predicate takes.
  until(what, predicate) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.all.find(predicate);
        if (found) finish(() => resolve(found));
      };
      const timer = setTimeout(() => finish(() => reject(new Error(`Waited in vain for ${what}.`))), PATIENCE_MS);
      const finish = (settle) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        settle();
      };
      this.#waiting.add(look);
      look();
    });
  }
}
