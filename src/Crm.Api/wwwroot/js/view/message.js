// One row of a conversation: a message, an answer on its way, or the beginning.

import { get } from '../api.js';
import { h, icon, modal } from '../dom.js';
import { dateAndTime, dayName, dayNumber, explain, t, time } from '../i18n.js';
import { withLinks } from '../text.js';

/** What a row looks like depends on this: another value, another element. @param {any} item @param {any} before @param {any} talk */
export function rowVersion(item, before, talk) {
  if (item.begin) {
    return item.begin;
  }

  const day = isNewDay(item, before);
  return item.answer
    ? `${item.answer.state} ${item.answer.error?.code} ${day}`
    : `${item.row.edited_at} ${item.row.deleted_at} ${item.row.revisions} ${item.row.message.length} ${isReadByThem(item.row, talk)} ${day}`;
}

/**
 * @param {any} item
 * @param {any} before the item above
 * @param {import('../store/conversation.js').Conversation | null} talk
 * @param {{ outbox: import('../store/outbox.js').Outbox, write: any }} context
 */
export function messageRow(item, before, talk, { outbox, write }) {
  if (item.begin) {
    return h('div.row.begin', { role: 'listitem' }, item.begin === 'first' ? t('talk.first') : t('talk.loading_older'));
  }

  const bubble = item.answer ? ofAnswer(item.answer, outbox, write) : ofMessage(item.row, talk);
  const day = isNewDay(item, before) ? h('p.day', null, h('span', null, dayName(secondsOf(item)))) : null;
  return h(`div.row.${item.answer || item.row.answer === 1 ? 'out' : 'in'}`, { role: 'listitem' }, day, bubble);
}

/** @param {any} item */
const secondsOf = item => item.answer?.time ?? item.row?.timestamp ?? 0;

/** @param {any} item @param {any} before */
const isNewDay = (item, before) => !before || before.begin || dayNumber(secondsOf(item)) !== dayNumber(secondsOf(before));

/** @param {any} row @param {any} talk */
const isReadByThem = (row, talk) => row.answer === 1 && row.message_id <= (talk?.readByThem ?? 0);

/** @param {import('../store/conversation.js').Row} row @param {any} talk */
function ofMessage(row, talk) {
  const delivery = row.answer === 1 ? isReadByThem(row, talk) ? 'read' : 'sent' : null;
  return h(`div.bubble${row.deleted_at ? '.gone' : ''}`, null,
    h('p.text', { dir: 'auto' }, ...row.message ? withLinks(row.message) : [h('em', null, t('list.no_text'))]),
    h('p.meta', null,
      row.deleted_at ? h('span.mark', null, t('talk.deleted')) : null,
      row.revisions > 0
        ? h('button.mark', { type: 'button', title: t('talk.edited_help'), 'aria-label': t('talk.edited_help'), onclick: () => showRevisions(row) }, t('talk.edited'))
        : row.edited_at ? h('span.mark', null, t('talk.edited')) : null,
      h('time', { title: dateAndTime(row.timestamp), datetime: new Date(row.timestamp * 1000).toISOString() }, time(row.timestamp)),
      delivery ? sign(delivery) : null));
}

/** @param {import('../store/outbox.js').Answer} answer @param {import('../store/outbox.js').Outbox} outbox @param {any} write */
function ofAnswer(answer, outbox, write) {
  const isFailed = answer.state === 'failed';
  const signName = isFailed ? 'failed' : answer.state === 'sending' ? 'sending' : 'queued';
  return h(`div.bubble.${answer.state}`, null,
    h('p.text', { dir: 'auto' }, ...withLinks(answer.text)),
    h('p.meta', null,
      isFailed || answer.state !== 'sending' ? h('span.mark', null, t(`send.${signName}`)) : null,
      h('time', null, time(answer.time)), sign(signName)),
    isFailed ? h('div.failure', { role: 'alert' },
      h('p', null, explain(/** @type {any} */ (answer.error))),
      h('button.quiet', { type: 'button', onclick: () => outbox.retry(answer.key) }, t('send.retry')),
      h('button.quiet', { type: 'button', onclick: () => write.put(outbox.discard(answer.key)) }, t('send.edit')),
      h('button.quiet', { type: 'button', onclick: () => outbox.discard(answer.key) }, t('send.discard'))) : null);
}

/** How far an answer has come. @param {string} name */
function sign(name) {
  const drawing = icon(name === 'sending' || name === 'queued' ? 'clock' : name);
  return h(`span.sign.${name}`, { role: 'img', 'aria-label': t(`send.${name}`), title: t(`send.${name}`) }, drawing);
}

/** @param {import('../store/conversation.js').Row} row */
async function showRevisions(row) {
  const revisions = await get(`messages/${row.id}/revisions`).catch(error => [{ message: explain(error), replaced_at: 0 }]);
  const all = [...revisions, { message: row.message, replaced_at: 0 }];
  modal(t('talk.revisions'), () => [h('ol.revisions', null, ...all.map(each => h('li', null,
    h('p.text', { dir: 'auto' }, ...withLinks(each.message)),
    h('p.hint', null, each.replaced_at ? t('talk.until', { time: dateAndTime(each.replaced_at) }) : t('talk.now')))))], t('close'));
}
