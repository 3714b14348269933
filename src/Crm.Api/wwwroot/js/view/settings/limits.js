import { get } from '../../api.js';
import { h } from '../../dom.js';
import { duration, t } from '../../i18n.js';
import { loaded } from './parts.js';

/** The waits Telegram has asked for. */
export const limitsPage = () => [h('p.hint', null, t('limits.lead')), loaded(async () => {
  const limits = await get('limits');
  return [limits.length === 0 ? h('p', null, t('limits.none')) : h('ul.items', null, ...limits.map(limit => h('li', null,
    h('div', null, h('strong', null, t(`limits.${limit.reason}`)), ' ', h('code', null, limit.method)),
    h('span', null, t('limits.left', { time: duration(limit.seconds_left) })))))];
}).element];
