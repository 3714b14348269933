// Settings, in a panel over the inbox; loaded when somebody opens it.

import { h, iconButton } from '../dom.js';
import { t } from '../i18n.js';
import { accountPage } from './settings/account.js';
import { hooksPage } from './settings/hooks.js';
import { keysPage } from './settings/keys.js';
import { limitsPage } from './settings/limits.js';
import { lookPage } from './settings/look.js';

const PAGES = { account: accountPage, look: lookPage, keys: keysPage, hooks: hooksPage, limits: limitsPage };

/**
 * @param {{ session: any, onListening: (isListening: boolean) => void, onLeft: () => void, onClose: () => void }} context
 * @returns {{ close: () => void }}
 */
export function settingsView(context) {
  const dialog = h('dialog.settings', { 'aria-labelledby': 'settings-title' });
  const page = h('div.page', { tabindex: '-1' });
  const tabs = Object.keys(PAGES).map(name => h('button', { type: 'button', 'data-page': name, onclick: () => show(name) }, t(`settings.${name}`)));
  dialog.append(
    h('header', null, h('h2', { id: 'settings-title' }, t('settings.title')), iconButton('close', t('close'), close)),
    h('nav', { 'aria-label': t('settings.title') }, ...tabs),
    page);
  dialog.addEventListener('close', () => (dialog.remove(), context.onClose()));
  dialog.addEventListener('click', event => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
  show('account');

  /** @param {string} name */
  function show(name) {
    tabs.forEach(each => each.setAttribute('aria-current', String(each.dataset.page === name)));
    page.replaceChildren(h('h3', null, t(`settings.${name}`)), ...PAGES[name]({ ...context, close }));
  }

  function close() {
    dialog.close();
  }

  return { close };
}
