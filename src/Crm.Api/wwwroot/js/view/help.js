import { h, modal } from '../dom.js';
import { t } from '../i18n.js';

/** @type {[string, string[]][]} */
const KEYS = [
  ['search', ['/']], ['next', ['Alt ↓', 'Alt ↑']], ['unread', ['Alt U']], ['compose', ['C']], ['send', ['Enter']], ['line', ['Shift Enter']],
  ['settings', ['Alt 0']], ['close', ['Esc']], ['help', ['?']],
];

/** The keyboard shortcuts. */
export const help = () => modal(t('help.title'), () => [h('dl.keys', null, ...KEYS.flatMap(([name, keys]) => [
  h('dt', null, ...keys.map(key => h('kbd', null, key))), h('dd', null, t(`help.${name}`)),
]))], t('close'));
