// The open dialog: its head, its messages, what is being imported of it, and where one answers.

import { post } from '../api.js';
import { h, icon, iconButton } from '../dom.js';
import { explain, t } from '../i18n.js';
import { ScrollList } from '../scroll.js';
import { Conversation } from '../store/conversation.js';
import { hue, initials } from '../text.js';
import { composer } from './composer.js';
import { importBar } from './importbar.js';
import { messageRow, rowVersion } from './message.js';

/** Older messages are loaded when so many pixels are left above. */
const NEAR_START_PX = 1500;
const READ_PAUSE_MS = 400;
const POLL_MS = 350;
const ASK_EVERY_MS = 1500;
/** After older messages couldn't be had. */
const RETRY_MS = 2000;

/** Conversations that are kept as they were left. */
const KEPT = 12;

/** @param {any} context */
export function talkView(context) {
  const { dialogs, outbox, imports, back } = context;
  /** @type {Map<number, Conversation>} */
  const kept = new Map();
  /** @type {Conversation | null} */
  let talk = null;
  /** Own messages the stream brought before the answer of the send that made them. @type {any[]} */
  let early = [];
  let missed = 0;
  let reading = 0;
  let polling = 0;
  let retrying = 0;
  let askedAt = 0;
  /** @type {Map<number, number>} up to where a dialog was marked as read */
  const marked = new Map();

  const title = h('h2', { dir: 'auto', tabindex: '-1' });
  const about = h('p.about');
  const avatar = h('span.avatar', { 'aria-hidden': 'true' });
  const scroller = h('div.scroll', { tabindex: '0', role: 'region' });
  const state = h('p.state', { role: 'status' });
  const jump = h('button.jump', { type: 'button', hidden: true, onclick: () => (list.toEnd(), onScroll()) }, icon('down'), h('span'));
  const bar = importBar(context);
  const write = composer(context);
  const empty = h('div.nobody', null, icon('chat'), h('p', null, t('talk.none')), h('p.hint', null, t('talk.none_help')));
  const body = h('section.talk', { hidden: true },
    h('header.head', null, iconButton('back', t('back'), back, { class: 'iconic only-narrow' }), avatar, h('div.names', null, title, about)),
    bar.element, state, h('div.log', null, scroller, jump), write.element);
  const element = h('main.pane', null, empty, body);
  const list = new ScrollList(scroller, {
    key: item => item.key,
    version: (item, index, items) => rowVersion(item, items[index - 1], talk),
    create: (item, index, items) => messageRow(item, items[index - 1], talk, { outbox, write }),
    // What stands above the first message moves up when older ones come.
    stays: item => !item.begin,
    onscroll: onScroll,
  });

  outbox.on('changed', id => id === talk?.dialogId && (settleEarly(), draw()));
  imports.on('changed', id => id === talk?.dialogId && onImport());
  dialogs.on('changed', showHead);

  function showHead() {
    const dialog = talk && dialogs.find(talk.dialogId);
    const name = dialog?.title || t('talk.unnamed');
    if (!talk || title.textContent === name) {
      return;
    }

    title.textContent = name;
    const type = ['group', 'channel', 'bot'].includes(dialog?.type) ? t(`talk.type_${dialog.type}`) : null;
    about.textContent = [type, dialog?.username && `@${dialog.username}`, dialog?.phone && `+${dialog.phone}`].filter(Boolean).join(' · ');
    avatar.textContent = initials(name);
    avatar.className = `avatar hue${hue(talk.dialogId)}`;
    scroller.setAttribute('aria-label', t('talk.messages', { name }));
    write.address(name);
  }

  /** @param {number | null} id */
  function show(id) {
    if (talk?.dialogId === id) {
      return;
    }

    clearTimeout(polling);
    clearTimeout(retrying);
    settleEarly(true);
    missed = 0;
    talk = id === null ? null : keep(id);
    empty.hidden = talk !== null;
    body.hidden = talk === null;
    title.textContent = '';
    write.open(id);
    bar.open(id);
    if (talk) {
      showHead();
      list.items = [];
      list.toEnd();
      draw();
      refresh();
      write.focus();
    }
  }

  /** @param {number} id */
  function keep(id) {
    const conversation = kept.get(id) ?? new Conversation(id);
    kept.delete(id);
    kept.set(id, conversation);
    if (kept.size > KEPT) {
      kept.delete(/** @type {number} */ (kept.keys().next().value));
    }

    return conversation;
  }

  async function refresh() {
    const current = talk;
    if (!current) {
      return;
    }

    state.textContent = current.isOpened ? '' : t('loading');
    try {
      await current.refresh();
      if (current === talk) {
        draw();
        await complete(current);
        markRead();
      }
    } catch (error) {
      if (current === talk) {
        state.textContent = explain(/** @type {any} */ (error));
      }
    }
  }

  /** What is missing is imported, unless somebody has paused that. @param {Conversation} current */
  async function complete(current) {
    await imports.known();
    const running = imports.of(current.dialogId);
    if (!current.isComplete && running?.state !== 'paused' && running?.state !== 'running') {
      await imports.start(current.dialogId);
    }

    if (current === talk) {
      draw();
      poll();
    }
  }

  /** While an import runs, what it has stored comes in where somebody waits for it. */
  function poll() {
    clearTimeout(polling);
    if (talk && imports.of(talk.dialogId)?.state === 'running') {
      polling = setTimeout(async () => {
        await fetchImported().catch(() => undefined);
        draw();
        poll();
      }, POLL_MS);
    }
  }

  async function fetchImported() {
    const current = talk;
    if (current && Date.now() - askedAt > ASK_EVERY_MS) {
      askedAt = Date.now();
      await imports.refresh(current.dialogId);
    }

    if (current && (current.rows.length === 0 || isNearStart())) {
      await (current.rows.length === 0 ? current.refresh() : current.loadOlder());
    }
  }

  async function onImport() {
    const current = talk;
    if (current && imports.of(current.dialogId)?.state === 'done' && !current.isComplete) {
      await current.refresh().catch(() => undefined);
    }

    draw();
    poll();
  }

  const isNearStart = () => list.beforeStart < NEAR_START_PX;

  async function onScroll() {
    if (list.isAtEnd) {
      missed = 0;
      markRead();
    }

    showJump();
    const current = talk;
    if (current?.isOpened && isNearStart() && !current.isLoading) {
      if (current.hasMore) {
        clearTimeout(retrying);
        const came = await current.loadOlder().catch(error => error.isPassing ? null : 0);
        if (current === talk) {
          draw();
          if (came === null) {
            retrying = setTimeout(onScroll, RETRY_MS);
          } else if (came > 0) {
            onScroll();
          }
        }
      } else {
        poll();
      }
    }
  }

  function showJump() {
    jump.hidden = list.isAtEnd;
    jump.lastChild.textContent = missed > 0 ? t('talk.jump_new', { n: missed }) : t('talk.jump');
  }

  function draw() {
    if (!talk) {
      return;
    }

    const running = imports.of(talk.dialogId);
    const isWaiting = talk.hasMore || (!talk.isComplete && running?.state === 'running');
    const begin = talk.isOpened && isWaiting ? 'loading' : talk.isOpened && talk.isComplete && talk.rows.length > 0 ? 'first' : null;
    const answers = outbox.of(talk.dialogId);
    if (talk.isOpened) {
      const isEmpty = talk.rows.length === 0 && answers.length === 0;
      state.textContent = !isEmpty ? '' : talk.isComplete || running?.state === 'done' ? t('talk.empty')
        : running && running.state !== 'running' ? '' : t('loading');
    } else if (answers.length > 0) {
      state.textContent = '';
    }

    list.items = [
      ...begin && talk.rows.length > 0 ? [{ key: begin, begin }] : [],
      ...talk.rows.map(row => ({ key: row.message_id, row })),
      ...answers.map(answer => ({ key: answer.key, answer })),
    ];
    showJump();
  }

  /** Messages of ours that came by the stream wait until it is known whose they are. @param {boolean} [isLeaving] */
  function settleEarly(isLeaving = false) {
    const due = early.filter(row => isLeaving || !outbox.isExpecting(row));
    early = early.filter(row => !due.includes(row));
    due.forEach(row => kept.get(row.id_user)?.add([row]));
  }

  function markRead() {
    const id = talk?.dialogId;
    const newest = talk?.newestFromThem ?? 0;
    if (!id || !isReading(id) || newest <= (marked.get(id) ?? 0) || !(dialogs.find(id)?.unread > 0)) {
      return;
    }

    clearTimeout(reading);
    reading = setTimeout(async () => {
      marked.set(id, newest);
      await post(`dialogs/${id}/read`, { message_id: newest }).then(() => dialogs.setUnread(id, 0), () => marked.delete(id));
    }, READ_PAUSE_MS);
  }

  /** Whether somebody looks at the end of a dialog right now. @param {number} id */
  function isReading(id) {
    return talk?.dialogId === id && document.visibilityState === 'visible' && list.isAtEnd && document.hasFocus();
  }

  addEventListener('focus', markRead);

  return {
    element,
    show,
    refresh,
    markRead,
    isReading,
    focus: () => write.focus(),

    /** A message came or left. @param {any} row */
    take(row) {
      const conversation = kept.get(row.id_user);
      if (!conversation) {
        return;
      }

      if (row.answer === 1 && !conversation.has(row.message_id) && outbox.isExpecting(row)) {
        early.push(row);
        return;
      }

      const added = conversation.add([row]);
      if (conversation === talk) {
        missed += added > 0 && !list.isAtEnd ? 1 : 0;
        draw();
        if (row.answer === 0) {
          markUnlessSeen(row);
        }
      }
    },

    /** @param {any} row */
    change(row) {
      kept.get(row.id_user)?.update(row);
      draw();
    },

    /** @param {number} id @param {number} messageId */
    readByThem(id, messageId) {
      const conversation = kept.get(id);
      if (conversation) {
        conversation.readByThem = Math.max(conversation.readByThem, messageId);
        draw();
      }
    },

    /** Whether nothing from them is newer. @param {number} id @param {number} messageId */
    isNewest: (id, messageId) => (kept.get(id)?.newestFromThem ?? Infinity) <= messageId,

    close() {
      clearTimeout(polling);
      clearTimeout(retrying);
      clearTimeout(reading);
      removeEventListener('focus', markRead);
      talk = null;
    },
  };

  /** A message that comes while somebody looks is read at once, though it never counted as unread. @param {any} row */
  function markUnlessSeen(row) {
    if (isReading(row.id_user) && row.message_id > (marked.get(row.id_user) ?? 0)) {
      clearTimeout(reading);
      reading = setTimeout(() => {
        marked.set(row.id_user, row.message_id);
        post(`dialogs/${row.id_user}/read`, { message_id: row.message_id }).catch(() => marked.delete(row.id_user));
      }, READ_PAUSE_MS);
    }
  }
}
