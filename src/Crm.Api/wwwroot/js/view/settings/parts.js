// What the pages of the settings share.

import { h, modal } from '../../dom.js';
import { explain, t } from '../../i18n.js';

/** A place that fills itself, and says so when it can't. @param {() => Promise<(Node | string | null | false)[]>} load */
export function loaded(load) {
  const element = h('div.loaded', null);
  const reload = async () => {
    try {
      element.replaceChildren(...(await load()).filter(Boolean).map(node => /** @type {any} */ (node)));
    } catch (error) {
      element.replaceChildren(h('p.trouble', { role: 'alert' }, explain(/** @type {any} */ (error))),
        h('button.quiet', { type: 'button', onclick: reload }, t('retry')));
    }
  };
  element.append(h('p.hint', { role: 'status' }, t('loading')));
  reload();
  return { element, reload };
}

/**
 * A button that does something and says beside itself what went wrong.
 * @param {string} label @param {() => Promise<void>} work @param {string} [kind]
 */
export function action(label, work, kind = 'quiet') {
  const trouble = h('span.trouble', { role: 'alert' });
  const button = h(`button.${kind}`, { type: 'button', onclick: async () => {
    trouble.textContent = '';
    button.disabled = true;
    await work().catch(error => trouble.textContent = explain(error));
    button.disabled = false;
  } }, label);
  return h('span.action', null, button, trouble);
}

/** Asks before something that can't be undone. @param {string} question @param {string} yes @returns {Promise<boolean>} */
export const ask = (question, yes) => new Promise(resolve => {
  const dialog = modal(yes, close => [
    h('p', null, question),
    h('div.buttons', null,
      h('button.danger', { type: 'button', onclick: () => (resolve(true), close()) }, yes),
      h('button.quiet', { type: 'button', onclick: close, autofocus: true }, t('cancel'))),
  ], t('close'));
  dialog.addEventListener('close', () => resolve(false));
});

/** Something that is shown this once. @param {string} text @param {string} secret */
export function once(text, secret) {
  const copy = h('button.quiet', { type: 'button', onclick: async () => {
    await navigator.clipboard?.writeText(secret).catch(() => undefined);
    copy.textContent = t('copied');
  } }, t('copy'));
  return h('div.once', { role: 'status' }, h('p', null, text), h('code', { tabindex: '0' }, secret), copy);
}
