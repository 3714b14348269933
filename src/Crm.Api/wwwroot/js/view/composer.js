// Where an answer is written. Enter sends, Shift+Enter begins a line; on a touch screen Enter begins a line.

import { h, icon } from '../dom.js';
import { number, t } from '../i18n.js';

/** UTF-16 units, as Telegram counts them and as a string's length does. */
const LIMIT = 4096;
const WARN_AT = 3600;
const HIGHEST_PX = 220;

/** @param {any} context */
export function composer({ outbox, drafts, dialogs }) {
  /** @type {number | null} */
  let dialogId = null;
  const isTouch = matchMedia('(pointer: coarse)').matches;
  const box = h('textarea', {
    rows: '1', placeholder: t('send.placeholder'), dir: 'auto', 'aria-describedby': 'send-count', enterkeyhint: isTouch ? 'enter' : 'send', oninput, onkeydown,
  });
  const count = h('p.count', { id: 'send-count', role: 'status' });
  const button = h('button.send', { type: 'submit', 'aria-label': t('send.button'), title: t('send.button') }, icon('send'));
  const element = h('form.composer', { onsubmit: /** @param {Event} event */ event => (event.preventDefault(), send()) }, box, button, count);

  function oninput() {
    if (dialogId !== null) {
      drafts.set(dialogId, box.value);
    }

    fit();
  }

  /** @param {KeyboardEvent} event */
  function onkeydown(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.isComposing && !isTouch) {
      event.preventDefault();
      send();
    }
  }

  function fit() {
    const length = box.value.length;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, HIGHEST_PX)}px`;
    count.textContent = length > LIMIT ? t('send.too_long', { n: length - LIMIT }) : length >= WARN_AT ? `${number(length)} / ${number(LIMIT)}` : '';
    count.classList.toggle('over', length > LIMIT);
    box.toggleAttribute('aria-invalid', length > LIMIT);
    button.setAttribute('aria-disabled', String(length > LIMIT || box.value.trim() === ''));
  }

  function send() {
    const text = box.value.trim();
    if (dialogId === null || text === '' || box.value.length > LIMIT) {
      return;
    }

    put('');
    outbox.send(dialogId, text);
    dialogs.touch();
    box.focus();
  }

  /** @param {string} text */
  function put(text) {
    box.value = text;
    oninput();
    box.focus();
  }

  return {
    element,
    put,

    /** @param {number | null} id */
    open(id) {
      dialogId = id;
      box.value = id === null ? '' : drafts.get(id);
      fit();
    },

    /** @param {string} name */
    address(name) {
      box.setAttribute('aria-label', t('send.label', { name }));
    },

    /** Not on a touch screen, where the keyboard would cover what there is to read. */
    focus() {
      if (!isTouch) {
        box.focus({ preventScroll: true });
      }
    },
  };
}
