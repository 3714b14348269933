// Where the page begins: who is signed in, how the connection stands, and which view that makes.

import { ApiError, get } from './api.js';
import { announce, byId, h } from './dom.js';
import { explain, t } from './i18n.js';
import { sessions } from './session.js';
import { signIn } from './view/signin.js';

document.title = t('title');

/** What lets go of the present view. */
let leave = () => {};

/** @type {import('./view/signin.js').Settings} */
const [settings] = await Promise.all([
  fetch('inbox.json', { cache: 'no-store' }).then(answer => answer.json()).catch(() => ({ registration: true, sandbox: null })),
  sessions.adopt(),
]);
sessions.on('ended', reason => toSignIn(reason === 'void' ? t('signin.ended') : undefined));
sessions.on('adopted', () => open());
await open();

/** Shows the view that fits how things stand. @param {string} [notice] */
async function open(notice) {
  if (!sessions.current) {
    toSignIn(notice);
    return;
  }

  try {
    const connection = await get('connection');
    if (connection.status === 'authorized') {
      await toInbox(connection);
    } else {
      toSignIn(notice ?? (connection.status === 'revoked' ? t('signin.revoked') : undefined), connection);
    }
  } catch (error) {
    if (error instanceof ApiError && error.status !== 401) {
      toTrouble(error);
    }
  }
}

/** @param {string} [notice] @param {any} [connection] */
function toSignIn(notice, connection) {
  leave();
  leave = signIn({ settings, connection, notice, done: () => open() });
}

/** @param {any} connection */
async function toInbox(connection) {
  const { inbox } = await import('./view/inbox.js');
  leave();
  leave = inbox({ connection, onConnectionLost: () => open(t('signin.revoked')) });
}

/** The server doesn't answer at all: try until it does. @param {ApiError} error */
function toTrouble(error) {
  leave();
  const timer = setTimeout(() => open(), Math.max(2, error.retryAfter ?? 0) * 1000);
  leave = () => clearTimeout(timer);
  byId('app').replaceChildren(h('main.signin', null, h('div.card', null,
    h('h1', null, t('title')), h('p', { role: 'alert' }, explain(error)),
    h('button.primary', { type: 'button', onclick: () => open() }, t('retry')))));
  announce(explain(error));
}
