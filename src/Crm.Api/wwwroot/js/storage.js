// What the browser keeps for us. It may be switched off or full: then the page forgets on reload, and works.

/** @param {Storage} storage */
const over = storage => ({
  /** @param {string} key @param {any} [otherwise] */
  get(key, otherwise = null) {
    try {
      return JSON.parse(storage.getItem(`inbox.${key}`) ?? 'null') ?? otherwise;
    } catch {
      return otherwise;
    }
  },

  /** @param {string} key @param {any} value null forgets */
  set(key, value) {
    try {
      if (value === null) {
        storage.removeItem(`inbox.${key}`);
      } else {
        storage.setItem(`inbox.${key}`, JSON.stringify(value));
      }
    } catch {
      return false;
    }

    return true;
  },
});

/** As long as the tab: tokens, drafts, what is being sent. */
export const tab = over(window.sessionStorage);

/** Across visits: language and theme, and nothing that is anybody's. */
export const device = {
  get: key => {
    try {
      return localStorage.getItem(`inbox.${key}`);
    } catch {
      return null;
    }
  },
  set: (key, value) => {
    try {
      if (value) {
        localStorage.setItem(`inbox.${key}`, value);
      } else {
        localStorage.removeItem(`inbox.${key}`);
      }
    } catch {
      return false;
    }

    return true;
  },
};
