// A list of rows of one height, of which only those in sight are in the document.

/** Rows beyond each edge, so that quick scrolling finds something. */
const MARGIN = 6;

/**
 * @template T
 */
export class LineList {
  /** @type {T[]} */
  #items = [];
  /** @type {Map<any, { element: HTMLElement, item: T }>} */
  #rows = new Map();
  #canvas = document.createElement('div');
  #frame = 0;

  /**
   * @param {HTMLElement} scroller
   * @param {{ height: () => number, key: (item: T) => any, create: (item: T) => HTMLElement,
   *   update: (element: HTMLElement, item: T, index: number, count: number) => void }} view
   */
  constructor(scroller, view) {
    this.scroller = scroller;
    this.view = view;
    this.#canvas.className = 'canvas';
    this.#canvas.setAttribute('role', 'presentation');
    scroller.append(this.#canvas);
    scroller.addEventListener('scroll', () => this.#later(), { passive: true });
    new ResizeObserver(() => this.#later()).observe(scroller);
  }

  /** @param {T[]} items */
  set items(items) {
    this.#items = items;
    this.#later();
  }

  /** Brings an item into sight. @param {number} index */
  reveal(index) {
    const height = this.view.height();
    const { scrollTop, clientHeight } = this.scroller;
    if (index * height < scrollTop) {
      this.scroller.scrollTop = index * height;
    } else if ((index + 1) * height > scrollTop + clientHeight) {
      this.scroller.scrollTop = (index + 1) * height - clientHeight;
    }

    this.draw();
  }

  #later() {
    this.#frame ||= requestAnimationFrame(() => this.draw());
  }

  /** Puts into the document what is in sight, and takes out what is not. */
  draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const height = this.view.height();
    const { scrollTop, clientHeight } = this.scroller;
    const first = Math.max(0, Math.floor(scrollTop / height) - MARGIN);
    const last = Math.min(this.#items.length, Math.ceil((scrollTop + clientHeight) / height) + MARGIN);
    this.#canvas.style.height = `${this.#items.length * height}px`;
    const kept = new Set();
    for (let index = first; index < last; index++) {
      const item = this.#items[index];
      const key = this.view.key(item);
      kept.add(key);
      const row = this.#rows.get(key) ?? this.#add(key, item);
      row.element.style.transform = `translateY(${index * height}px)`;
      this.view.update(row.element, item, index, this.#items.length);
    }

    for (const [key, row] of this.#rows) {
      if (!kept.has(key)) {
        row.element.remove();
        this.#rows.delete(key);
      }
    }
  }

  /** @param {any} key @param {T} item */
  #add(key, item) {
    const row = { element: this.view.create(item), item };
    this.#rows.set(key, row);
    this.#canvas.append(row.element);
    return row;
  }
}
