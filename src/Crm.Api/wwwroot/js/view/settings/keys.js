import { get, post, remove } from '../../api.js';
import { h } from '../../dom.js';
import { field, form } from '../../fields.js';
import { dateAndTime, t } from '../../i18n.js';
import { action, ask, loaded, once } from './parts.js';

/** Keys for programs. */
export function keysPage() {
  const list = loaded(async () => {
    const keys = await get('api_keys');
    return [keys.length === 0 ? h('p.hint', null, t('keys.none')) : h('ul.items', null, ...keys.map(item))];
  });
  const made = h('div', null);
  const name = field('name', t('keys.name'), { required: true });
  const days = field('expires_in_days', t('keys.days'), { optional: true, inputmode: 'numeric' });
  const scopes = ['read', 'send', 'admin'].map(scope => {
    const input = h('input', { type: 'checkbox', id: `scope-${scope}`, value: scope });
    input.checked = scope === 'read';
    return { input, element: h('div.switch', null, input, h('label', { for: `scope-${scope}` }, t(`keys.${scope}`))) };
  });
  const add = form({
    fields: [name, days],
    before: [h('fieldset', null, h('legend', null, t('keys.scopes')), ...scopes.map(scope => scope.element))],
    submit: t('keys.add'),
    onsubmit: async () => {
      const key = await post('api_keys', {
        name: name.value.trim(),
        scopes: scopes.filter(scope => scope.input.checked).map(scope => scope.input.value),
        expires_in_days: days.value.trim() ? Number(days.value) || 0 : null,
      });
      made.replaceChildren(once(t('keys.once'), key.key));
      name.value = days.value = '';
      await list.reload();
    },
  });
  return [h('p.hint', null, t('keys.lead')), list.element, made, add];

  /** @param {any} key */
  function item(key) {
    const facts = [
      key.scopes.map(scope => t(`keys.${scope}`)).join(', '),
      key.expires_at ? t('keys.until', { time: dateAndTime(key.expires_at) }) : null,
      key.used_at ? t('keys.used', { time: dateAndTime(key.used_at) }) : t('keys.unused'),
    ];
    return h('li', null,
      h('div', null, h('strong', { dir: 'auto' }, key.name), ' ', h('code', null, `${key.hint}…`), h('p.hint', null, facts.filter(Boolean).join(' · '))),
      action(t('keys.delete'), async () => {
        if (await ask(t('keys.delete_ask', { name: key.name }), t('keys.delete'))) {
          await remove(`api_keys/${key.id}`);
          await list.reload();
        }
      }));
  }
}
