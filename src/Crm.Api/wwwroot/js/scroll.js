// A long list of rows of any height that grows at both ends, of which only those around what is in sight are in the document.
// Heights of rows that have been seen are known, those of others are guessed; whatever turns out differently, what is in sight stays
// where it is.

const MARGIN_PX = 900;
const AT_END_PX = 48;

/**
 * @template T
 */
export class ScrollList {
  /** @type {T[]} */
  #items = [];
  /** @type {Map<any, number>} */
  #heights = new Map();
  #guess = 64;
  /** Where each item begins; one more than there are items. */
  #offsets = new Float64Array(1);
  /** @type {Map<any, { element: HTMLElement, version: any }>} */
  #rows = new Map();
  #above = document.createElement('div');
  #below = document.createElement('div');
  #body = document.createElement('div');
  #frame = 0;
  #width = 0;
  /** Whether it follows its end. */
  #sticks = true;
  /** How far it was scrolled when that was last looked at. */
  #top = 0;

  /**
   * @param {HTMLElement} scroller
   * @param {{ key: (item: T) => any, version: (item: T, index: number, items: T[]) => any, create: (item: T, index: number, items: T[]) => HTMLElement,
   *   stays: (item: T) => boolean, onscroll: () => void }} view
   */
  constructor(scroller, view) {
    this.scroller = scroller;
    this.view = view;
    this.#body.className = 'rows';
    this.#body.setAttribute('role', 'list');
    scroller.append(this.#above, this.#body, this.#below);
    scroller.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    new ResizeObserver(() => this.#onResize()).observe(scroller);
  }

  get isAtEnd() {
    return this.#sticks;
  }

  /** How far the first item is from the top edge, in pixels. */
  get beforeStart() {
    return this.scroller.scrollTop;
  }

  /** Takes other items; those in sight stay where they are. @param {T[]} items */
  set items(items) {
    this.#noticeLeaving();
    const anchor = this.#anchor();
    this.#items = items;
    this.#measureOut();
    this.#restore(anchor);
    this.draw();
  }

  toEnd() {
    this.#sticks = true;
    this.draw();
  }

  #onScroll() {
    this.#sticks = this.#standsAtEnd;
    this.#frame ||= requestAnimationFrame(() => {
      this.#noticeLeaving();
      this.draw();
      this.view.onscroll();
    });
  }

  /** Somebody who scrolls up leaves the end at once: the event that tells it may come after the next row, which would take them back. */
  #noticeLeaving() {
    if (this.scroller.scrollTop < this.#top && !this.#standsAtEnd) {
      this.#sticks = false;
    }
  }

  get #standsAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < AT_END_PX;
  }

  #onResize() {
    this.#noticeLeaving();
    if (this.scroller.clientWidth !== this.#width) {
      this.#width = this.scroller.clientWidth;
      const anchor = this.#anchor();
      this.#heights.clear();
      this.#measureOut();
      this.#restore(anchor);
    }

    this.draw();
  }

  /** Puts the rows around what is in sight into the document, until none of them has another height than it was drawn with. */
  draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (let round = 0; round < 4; round++) {
      if (this.#sticks) {
        this.scroller.scrollTop = this.#offsets[this.#items.length];
      }

      const anchor = this.#anchor();
      if (!this.#drawOnce()) {
        break;
      }

      this.#restore(anchor);
    }

    if (this.#sticks) {
      this.scroller.scrollTop = this.scroller.scrollHeight;
    }

    this.#top = this.scroller.scrollTop;
  }

  /** Whether heights turned out differently. */
  #drawOnce() {
    const top = this.scroller.scrollTop;
    const first = this.#indexAt(top - MARGIN_PX);
    const last = Math.min(this.#items.length, this.#indexAt(top + this.scroller.clientHeight + MARGIN_PX) + 1);
    const drawn = [];
    const kept = new Set();
    for (let index = first; index < last; index++) {
      const item = this.#items[index];
      const key = this.view.key(item);
      const version = this.view.version(item, index, this.#items);
      let row = this.#rows.get(key);
      if (!row || row.version !== version) {
        const element = this.view.create(item, index, this.#items);
        row?.element.replaceWith(element);
        row = { element, version };
        this.#rows.set(key, row);
      }

      kept.add(key);
      drawn.push({ key, element: row.element });
    }

    for (const [key, row] of this.#rows) {
      if (!kept.has(key)) {
        row.element.remove();
        this.#rows.delete(key);
      }
    }

    drawn.forEach(({ element }, place) => {
      if (this.#body.children[place] !== element) {
        this.#body.insertBefore(element, this.#body.children[place] ?? null);
      }
    });
    this.#above.style.height = `${this.#offsets[first]}px`;
    this.#below.style.height = `${this.#offsets[this.#items.length] - this.#offsets[last]}px`;
    return this.#measure(drawn);
  }

  /** @param {{ key: any, element: HTMLElement }[]} drawn */
  #measure(drawn) {
    let isChanged = false;
    for (const { key, element } of drawn) {
      const height = element.getBoundingClientRect().height;
      if (Math.abs((this.#heights.get(key) ?? 0) - height) > 0.5) {
        this.#heights.set(key, height);
        isChanged = true;
      }
    }

    if (isChanged) {
      this.#measureOut();
    }

    return isChanged;
  }

  #measureOut() {
    const count = this.#items.length;
    if (this.#heights.size > 20) {
      let sum = 0;
      this.#heights.forEach(height => sum += height);
      this.#guess = sum / this.#heights.size;
    }

    this.#offsets = new Float64Array(count + 1);
    for (let index = 0; index < count; index++) {
      this.#offsets[index + 1] = this.#offsets[index] + (this.#heights.get(this.view.key(this.#items[index])) ?? this.#guess);
    }
  }

  /** The first item in sight that will stay where it is, and how far above the edge it begins. */
  #anchor() {
    let index = this.#indexAt(this.scroller.scrollTop);
    while (index < this.#items.length - 1 && !this.view.stays(this.#items[index])) {
      index++;
    }

    return index < this.#items.length
      ? { key: this.view.key(this.#items[index]), index, into: this.scroller.scrollTop - this.#offsets[index] } : null;
  }

  /** @param {{ key: any, index: number, into: number } | null} anchor */
  #restore(anchor) {
    if (!anchor || this.#sticks) {
      return;
    }

    const isThere = this.#items[anchor.index] && this.view.key(this.#items[anchor.index]) === anchor.key;
    const index = isThere ? anchor.index : this.#items.findIndex(item => this.view.key(item) === anchor.key);
    if (index >= 0) {
      const top = this.#offsets[index] + anchor.into;
      this.#above.style.height = `${Math.max(this.#offsets[index], parseFloat(this.#above.style.height) || 0)}px`;
      if (this.scroller.scrollHeight - this.scroller.clientHeight < top) {
        this.#below.style.height = `${this.#offsets[this.#items.length]}px`;
      }

      this.scroller.scrollTop = top;
    }
  }

  /** The item at a distance from the start. @param {number} top */
  #indexAt(top) {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#offsets[middle + 1] <= top) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }

    return low;
  }
}
