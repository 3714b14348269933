// One line each at the top: what is away, and that it is back.

import { byId, h } from '../dom.js';

const SHORT_MS = 4000;

/** @type {Map<string, { element: HTMLElement, timer?: number }>} */
const shown = new Map();

/**
 * @param {string} name one of a name is shown at a time
 * @param {string} text
 * @param {{ kind?: "warn" | "good", action?: { label: string, run: () => void }, isShort?: boolean }} [options]
 */
export function banner(name, text, { kind = 'warn', action, isShort } = {}) {
  const known = shown.get(name);
  if (known && known.element.dataset.kind === kind && !isShort) {
    // Only its words change: what counts down must not be read out each second.
    known.element.firstElementChild?.replaceChildren(text);
    return;
  }

  unbanner(name);
  const element = h(`div.banner.${kind}`, { 'data-kind': kind, 'data-name': name },
    h('span', null, text), action && h('button', { type: 'button', onclick: action.run }, action.label));
  byId('banners').append(element);
  shown.set(name, { element, timer: isShort ? setTimeout(() => unbanner(name), SHORT_MS) : undefined });
}

/** @param {string} name */
export function unbanner(name) {
  const known = shown.get(name);
  clearTimeout(known?.timer);
  known?.element.remove();
  shown.delete(name);
}

export function unbannerAll() {
  [...shown.keys()].forEach(unbanner);
}
