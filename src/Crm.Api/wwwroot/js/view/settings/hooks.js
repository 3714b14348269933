import { get, post, remove } from '../../api.js';
import { h, modal } from '../../dom.js';
import { field, form } from '../../fields.js';
import { dateAndTime, t } from '../../i18n.js';
import { action, ask, loaded, once } from './parts.js';

const PAGE = 30;

/** Addresses that are told what happens. */
export function hooksPage() {
  const list = loaded(async () => {
    const hooks = await get('webhooks');
    return [hooks.length === 0 ? h('p.hint', null, t('hooks.none')) : h('ul.items', null, ...hooks.map(item))];
  });
  const made = h('div', null);
  const url = field('url', t('hooks.url'), { required: true, type: 'url', inputmode: 'url' });
  const events = field('events', t('hooks.events'), { optional: true, help: t('hooks.events_help') });
  const add = form({
    fields: [url, events],
    submit: t('hooks.add'),
    onsubmit: async () => {
      const types = events.value.split(/[\s,]+/).filter(Boolean);
      const hook = await post('webhooks', { url: url.value.trim(), events: types.length > 0 ? types : null });
      made.replaceChildren(once(t('hooks.once'), hook.secret));
      url.value = events.value = '';
      await list.reload();
    },
  });
  return [h('p.hint', null, t('hooks.lead')), list.element, made, add];

  /** @param {any} hook */
  function item(hook) {
    return h('li', null,
      h('div', null, h('strong', { dir: 'auto' }, hook.url), h('p.hint', null, `${hook.events.join(', ') || t('hooks.all')} · ${stateOf(hook)}`)),
      h('span.buttons', null,
        h('button.quiet', { type: 'button', onclick: () => showDeliveries(hook) }, t('hooks.deliveries')),
        h('button.quiet', { type: 'button', onclick: () => replay(hook, list.reload) }, t('hooks.replay')),
        action(t('hooks.delete'), async () => {
          if (await ask(t('hooks.delete_ask', { url: hook.url }), t('hooks.delete'))) {
            await remove(`webhooks/${hook.id}`);
            await list.reload();
          }
        })));
  }
}

/** @param {any} hook */
const stateOf = hook => !hook.active
  ? t(['gave_up', 'events_gone'].includes(hook.disabled_reason) ? `hooks.${hook.disabled_reason}` : 'hooks.off')
  : hook.failures > 0 ? t('hooks.failing', { n: hook.failures }) : t('hooks.active');

/** Tells a webhook again what followed an event. @param {any} hook @param {() => void} reload */
function replay(hook, reload) {
  const after = field('after', t('hooks.replay_from'), { inputmode: 'numeric', value: String(hook.last_id) });
  modal(t('hooks.replay'), close => [form({
    fields: [after],
    submit: t('hooks.replay'),
    onsubmit: async () => {
      await post(`webhooks/${hook.id}/replay`, { after: Number(after.value) || 0 });
      close();
      reload();
    },
  })], t('close'));
}

/** What came of each try, newest first. @param {any} hook */
function showDeliveries(hook) {
  const rows = h('tbody', null);
  const more = h('div', null);
  const page = loaded(async () => {
    await read(null);
    return [rows.children.length === 0 ? h('p.hint', null, t('hooks.no_deliveries')) : h('div.wide', { tabindex: '0', role: 'region', 'aria-label': t('hooks.deliveries') }, h('table', null,
      h('thead', null, h('tr', null, ...['event', 'result', 'when'].map(name => h('th', { scope: 'col' }, t(`hooks.${name}`))))), rows)), more];
  });
  modal(t('hooks.deliveries'), () => [h('p.hint', { dir: 'auto' }, hook.url), page.element], t('close'));

  /** @param {number | null} before */
  async function read(before) {
    const answer = await get(`webhooks/${hook.id}/deliveries?limit=${PAGE}${before ? `&before=${before}` : ''}`);
    rows.append(...answer.deliveries.map(one => h('tr', null,
      h('td', null, `${one.event_id} ${one.event}`),
      h('td', null, h(`span.result.${one.status}`, null, t(`hooks.${one.status}`)),
        ` ${[one.response_status, one.error, t('hooks.took', { n: one.duration_ms })].filter(Boolean).join(' · ')}`),
      h('td', null, dateAndTime(one.timestamp)))));
    more.replaceChildren(...answer.next ? [action(t('hooks.older'), () => read(answer.next))] : []);
  }
}
