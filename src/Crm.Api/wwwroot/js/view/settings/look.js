import { h } from '../../dom.js';
import { choose, LANGUAGES, language, t } from '../../i18n.js';
import { setTheme, theme } from '../../theme.js';

/** Language and theme. */
export const lookPage = () => [
  choice(t('settings.language'), 'language', Object.entries(LANGUAGES), language, choose),
  choice(t('settings.theme'), 'theme',
    [['', t('settings.theme_auto')], ['light', t('settings.theme_light')], ['dark', t('settings.theme_dark')]],
    theme() ?? '', value => setTheme(value || null)),
];

/** @param {string} legend @param {string} name @param {[string, string][]} options @param {string} chosen @param {(value: string) => void} change */
const choice = (legend, name, options, chosen, change) => h('fieldset', null, h('legend', null, legend), ...options.map(([value, label]) => {
  const input = h('input', { type: 'radio', name, value, id: `${name}-${value}`, onchange: () => change(value) });
  input.checked = value === chosen;
  return h('div.switch', null, input, h('label', { for: `${name}-${value}` }, label));
}));
