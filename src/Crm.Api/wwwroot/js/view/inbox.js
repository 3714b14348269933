// The inbox: the stores, the stream that keeps them up to date, and the views of them.

import { post } from '../api.js';
import { announce, byId, h, iconButton } from '../dom.js';
import { duration, t } from '../i18n.js';
import { sessions } from '../session.js';
import { DialogStore, readConnection } from '../store/dialogs.js';
import { Drafts } from '../store/drafts.js';
import { ImportStore } from '../store/imports.js';
import { Outbox } from '../store/outbox.js';
import { EventStream } from '../stream.js';
import { initials, oneLine } from '../text.js';
import { banner, unbanner, unbannerAll } from './banners.js';
import { dialogList } from './list.js';
import { talkView } from './talk.js';

const LONG_AGO_MS = 3000;
const SETTINGS = '#/settings';

/** @param {{ connection: any, onConnectionLost: () => void }} options @returns {() => void} lets go of it */
export function inbox({ connection, onConnectionLost }) {
  const session = /** @type {import('../session.js').Session} */ (sessions.current);
  const dialogs = new DialogStore(session.account);
  const imports = new ImportStore();
  const outbox = new Outbox(session.account);
  const drafts = new Drafts(session.account);
  const stream = new EventStream();
  const context = { session, dialogs, imports, outbox, drafts, open, openSettings, back: () => open(null) };
  const talk = talkView(context);
  const list = dialogList(context, talk);
  /** @type {{ close: () => void } | null} */
  let settings = null;
  /** @type {number | null} */
  let opened = null;
  let awayAt = 0;
  let isFirst = true;
  let isStale = true;
  let ticking = 0;

  const layout = h('div.inbox', null,
    h('div.side', null,
      h('header.top', null,
        h('h1', null, t('title')),
        h('span.who', { title: session.login, 'aria-hidden': 'true' }, initials(session.login)),
        iconButton('help', t('help.title'), () => showHelp()),
        iconButton('settings', t('settings.title'), () => openSettings())),
      list.element),
    talk.element);
  byId('app').replaceChildren(layout);

  stream.on('event', onEvent);
  stream.on('state', onState);
  stream.on('reset', () => isStale = true);
  outbox.on('sent', row => (dialogs.note(row, true), talk.take(row)));
  addEventListener('hashchange', route);
  document.addEventListener('keydown', onKey);
  document.addEventListener('visibilitychange', onVisible);
  showTelegram(connection.telegram, true);
  showListening(connection.listening);
  stream.start();
  route();

  /** Reads what the stream doesn't tell, once it flows: so nothing falls between the two. */
  async function catchUp() {
    await Promise.allSettled([dialogs.load(), imports.load(), talk.refresh()]);
  }

  /** @param {{ name: string, retryAt?: number }} state */
  function onState(state) {
    clearInterval(ticking);
    if (state.name === 'away') {
      awayAt ||= Date.now();
      const tick = () => {
        const left = Math.ceil((/** @type {number} */ (state.retryAt) - Date.now()) / 1000);
        const text = left > 1 ? t('banner.away_in', { time: duration(left) }) : t('banner.away');
        banner('server', text, { action: { label: t('banner.try_now'), run: () => stream.retryNow() } });
      };
      ticking = setInterval(tick, 1000);
      tick();
      layout.classList.add('away');
      return;
    }

    layout.classList.remove('away');
    unbanner('server');
    if (isStale) {
      isStale = false;
      catchUp();
    } else if (awayAt && Date.now() - awayAt > LONG_AGO_MS) {
      banner('back', t('banner.back'), { kind: 'good', isShort: true });
    }

    if (isFirst) {
      isFirst = false;
      outbox.resume();
    }

    if (awayAt) {
      awayAt = 0;
      refreshConnection();
      if (!dialogs.isLoaded || dialogs.error) {
        dialogs.load().catch(() => undefined);
      }
    }
  }

  async function refreshConnection() {
    const now = await readConnection().catch(() => null);
    if (now && now.status !== 'authorized') {
      onConnectionLost();
    } else if (now) {
      showTelegram(now.telegram, false);
      showListening(now.listening);
    }
  }

  /** @param {{ type: string, data: any }} event */
  function onEvent({ type, data }) {
    switch (type) {
      case 'message.received':
      case 'message.sent':
        onMessage(data.message);
        break;
      case 'message.edited':
        talk.change(data.message);
        dialogs.reword(data.message, data.previous.message);
        break;
      case 'message.deleted':
        talk.change(data.message);
        dialogs.drop(data.message);
        break;
      case 'dialog.read':
        onRead(data);
        break;
      case 'send.queued':
      case 'send.sent':
      case 'send.failed':
        outbox.hear(type, data);
        break;
      case 'import.progress':
        imports.hear(data);
        break;
      case 'connection.telegram':
        showTelegram(data.telegram, false);
        if (data.telegram === 'reachable' && dialogs.error) {
          dialogs.load().catch(() => undefined);
        }

        break;
      case 'connection.status':
        if (data.status !== 'authorized') {
          onConnectionLost();
        }

        break;
    }
  }

  /** @param {any} row */
  function onMessage(row) {
    const isSeen = talk.isReading(row.id_user);
    dialogs.note(row, isSeen);
    talk.take(row);
    if (row.answer === 0) {
      const name = dialogs.find(row.id_user)?.title ?? '';
      announce(t('talk.new_from', { name, text: oneLine(row.message).slice(0, 120) }));
    }
  }

  /** @param {{ id_user: number, box: string, message_id: number, unread_count: number | null }} mark */
  function onRead(mark) {
    if (mark.box === 'outbox') {
      talk.readByThem(mark.id_user, mark.message_id);
    } else if (mark.unread_count !== null) {
      dialogs.setUnread(mark.id_user, mark.unread_count);
    } else if (talk.isNewest(mark.id_user, mark.message_id)) {
      dialogs.setUnread(mark.id_user, 0);
    } else {
      dialogs.recount(mark.id_user);
    }
  }

  /** @param {string | null} telegram @param {boolean} isStart */
  function showTelegram(telegram, isStart) {
    if (telegram === 'away') {
      unbanner('telegram-back');
      banner('telegram', t('banner.telegram_away'));
    } else if (byId('banners').querySelector('[data-name="telegram"]')) {
      unbanner('telegram');
      banner('telegram-back', t('banner.telegram_back'), { kind: 'good', isShort: true });
    } else if (!isStart) {
      unbanner('telegram');
    }
  }

  /** @param {boolean} isListening */
  function showListening(isListening) {
    if (isListening) {
      unbanner('listening');
    } else {
      banner('listening', t('banner.not_listening'), {
        action: { label: t('banner.listen'), run: () => post('telegram_handler').then(() => showListening(true), () => undefined) },
      });
    }
  }

  // What is open stands in the address, so that going back goes back.
  function route() {
    if (location.hash === SETTINGS) {
      showSettings();
      return;
    }

    settings?.close();
    const [, id] = /^#\/dialog\/(-?\d+)$/.exec(location.hash) ?? [];
    opened = id ? Number(id) : null;
    talk.show(opened);
    list.select(opened);
    layout.classList.toggle('reading', opened !== null);
  }

  /** @param {number | null} id */
  function open(id) {
    location.hash = id === null ? '#/' : `#/dialog/${id}`;
  }

  function openSettings() {
    location.hash = SETTINGS;
  }

  async function showSettings() {
    const { settingsView } = await import('./settings.js');
    if (settings || location.hash !== SETTINGS) {
      return;
    }

    settings = settingsView({
      session,
      onListening: showListening,
      onLeft: onConnectionLost,
      onClose: () => {
        settings = null;
        if (location.hash === SETTINGS) {
          open(opened);
        }
      },
    });
  }

  async function showHelp() {
    const { help } = await import('./help.js');
    help();
  }

  function onVisible() {
    if (document.visibilityState === 'visible') {
      stream.retryNow();
      talk.markRead();
    }
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(/** @type {HTMLElement} */ (event.target).tagName);
    if (document.querySelector('dialog[open]') || event.ctrlKey || event.metaKey || event.isComposing) {
      return;
    }

    const shortcut = event.altKey
      ? { ArrowDown: () => list.step(1), ArrowUp: () => list.step(-1), KeyU: () => list.nextUnread(), Digit0: () => openSettings() }[event.code]
      : event.key === 'Escape' ? () => layout.classList.contains('reading') && open(null)
        : isTyping ? undefined
          : { '/': () => list.focusSearch(), '?': showHelp, c: () => talk.focus() }[event.key];
    if (shortcut) {
      event.preventDefault();
      shortcut();
    }
  }

  return () => {
    clearInterval(ticking);
    stream.stop();
    outbox.stop();
    settings?.close();
    talk.close();
    removeEventListener('hashchange', route);
    document.removeEventListener('keydown', onKey);
    document.removeEventListener('visibilitychange', onVisible);
    unbannerAll();
  };
}
