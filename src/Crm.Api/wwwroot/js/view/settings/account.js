import { get, post } from '../../api.js';
import { h } from '../../dom.js';
import { field, form } from '../../fields.js';
import { dateAndTime, t } from '../../i18n.js';
import { sessions } from '../../session.js';
import { action, ask, loaded } from './parts.js';

/** Who is signed in, to the CRM and to Telegram. @param {any} context */
export function accountPage({ session, onListening, onLeft, close }) {
  const state = loaded(async () => {
    const connection = await get('connection');
    return [facts(connection), listening(connection), leaving(connection)];
  });
  return [
    state.element, password(session),
    h('section', null, action(t('settings.logout'), async () => {
      await post('account_logout');
      sessions.end();
    }), h('p.hint', null, t('settings.logout_help'))),
  ];

  /** @param {any} connection */
  function facts(connection) {
    return h('dl.facts', null,
      h('dt', null, t('settings.signed_in_as')), h('dd', { dir: 'auto' }, session.login),
      h('dt', null, t('settings.telegram')), h('dd', null, connection.phone ? `+${connection.phone}` : '—'),
      h('dt', null, t('settings.telegram_id')), h('dd', null, String(connection.telegram_user_id ?? '—')),
      h('dt', null, t('settings.status')), h('dd', null, t(connection.telegram === 'away' ? 'settings.away' : 'settings.reachable')));
  }

  /** @param {any} connection */
  function listening(connection) {
    const box = h('input', { type: 'checkbox', role: 'switch', id: 'listening', onchange: change });
    const trouble = h('p.trouble', { role: 'alert' });
    const since = connection.since ? t('settings.since', { time: dateAndTime(connection.since) }) : '';
    box.checked = connection.listening;
    return h('section', null,
      h('div.switch', null, box, h('label', { for: 'listening' }, t('settings.listening'))),
      h('p.hint', null, `${t('settings.listening_help')} ${since}`), trouble);

    async function change() {
      try {
        const now = await post('telegram_handler', { flag: box.checked });
        onListening(now.listening);
        await state.reload();
      } catch (/** @type {any} */ error) {
        box.checked = !box.checked;
        trouble.textContent = error.message;
      }
    }
  }

  /** @param {any} connection */
  function leaving(connection) {
    return h('section', null, action(t('settings.leave'), async () => {
      if (await ask(t('settings.leave_ask', { phone: `+${connection.phone}` }), t('settings.leave'))) {
        await leave(false);
      }
    }), h('p.hint', null, t('settings.leave_help')));
  }

  /** @param {boolean} force @returns {Promise<void>} */
  async function leave(force) {
    try {
      await post('telegram_logout', { force });
      close();
      onLeft();
    } catch (/** @type {any} */ error) {
      if (force || error.code !== 'telegram.unreachable' || !await ask(t('settings.leave_force'), t('settings.leave'))) {
        throw error;
      }

      await leave(true);
    }
  }
}

/** @param {any} session */
function password(session) {
  const now = field('password', t('settings.password_now'), { type: 'password', required: true, autocomplete: 'current-password' });
  const next = field('new_password', t('settings.password_new'), {
    type: 'password', required: true, autocomplete: 'new-password', help: t('settings.password_help'),
  });
  const done = h('p.done', { role: 'status' });
  return h('section', null, h('h4', null, t('settings.password')), form({
    fields: [now, next],
    // For password managers, which ask whose it is.
    before: [h('input', { type: 'text', name: 'username', autocomplete: 'username', value: session.login, hidden: true })],
    submit: t('settings.save'),
    about: { 'account.password_wrong': 'password', 'account.too_many_tries': 'password' },
    onsubmit: async () => {
      sessions.begin(await post('account_password', { password: now.value, new_password: next.value }), session);
      now.value = next.value = '';
      done.textContent = t('settings.password_done');
    },
  }), done);
}
