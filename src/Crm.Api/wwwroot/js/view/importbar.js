// How far the import of the open dialog is, and the button that pauses it.

import { h } from '../dom.js';
import { duration, explain, number, t } from '../i18n.js';

/** How long the end of an import is told. */
const DONE_MS = 4000;

/** @param {any} context */
export function importBar({ imports }) {
  /** @type {number | null} */
  let dialogId = null;
  let wasRunning = false;
  let hiding = 0;
  const text = h('span.what');
  const figures = h('span.figures');
  const bar = h('progress', { 'aria-label': t('import.label') });
  const button = h('button.quiet', { type: 'button', onclick: toggle });
  const element = h('div.import', { hidden: true }, h('p', null, text, figures), button, bar);

  imports.on('changed', id => id === dialogId && draw());

  function draw() {
    const one = dialogId === null ? null : imports.of(dialogId);
    const isShort = one?.state === 'running' && one.stored === 0 && one.total === null;
    const isOver = one?.state === 'done';
    clearTimeout(hiding);
    if (!one || isShort || (isOver && !wasRunning)) {
      element.hidden = true;
      return;
    }

    element.hidden = false;
    element.dataset.state = one.state;
    text.textContent = t(`import.${one.state}`);
    figures.textContent = figuresOf(one);
    button.hidden = isOver;
    button.textContent = one.state === 'running' ? t('import.pause') : t('import.resume');
    if (one.total) {
      bar.max = one.total;
      bar.value = isOver ? one.total : Math.min(one.stored, one.total);
    } else {
      bar.removeAttribute('value');
    }

    wasRunning = one.state === 'running';
    if (isOver) {
      hiding = setTimeout(() => element.hidden = true, DONE_MS);
    }
  }

  /** @param {import('../store/imports.js').Import} one */
  function figuresOf(one) {
    return [
      one.total ? t('import.figures', { stored: number(one.stored), total: number(one.total) }) : number(one.stored),
      one.state === 'running' && one.rate ? t('import.rate', { rate: number(Math.round(one.rate)) }) : null,
      one.state === 'running' && one.left ? t('import.left', { time: duration(one.left) }) : null,
      one.state === 'failed' || (one.state === 'interrupted' && one.error) ? explain(/** @type {any} */ ({ code: one.error })) : null,
    ].filter(Boolean).join(' · ');
  }

  async function toggle() {
    const isRunning = imports.of(dialogId)?.state === 'running';
    await (isRunning ? imports.pause(dialogId) : imports.start(dialogId)).catch(error => figures.textContent = explain(error));
  }

  return {
    element,

    /** @param {number | null} id */
    open(id) {
      dialogId = id;
      wasRunning = false;
      draw();
    },
  };
}
