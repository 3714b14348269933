// The way in, step by step: account, phone and cloud password, code.

import { get, post } from '../api.js';
import { byId, h } from '../dom.js';
import { field, form } from '../fields.js';
import { duration, LANGUAGES, choose, language, t } from '../i18n.js';
import { sessions } from '../session.js';
import { tab } from '../storage.js';

/** @typedef {{ registration: boolean, sandbox: null | { id_api: number, api_hash: string, code: string, phones: { phone: string, password: string | null }[] } }} Settings */

/**
 * Leads to a connection that is signed in.
 * @param {{ settings: Settings, connection: any, notice?: string, done: (isFirst: boolean) => void }} options
 */
export function signIn({ settings, connection, notice, done }) {
  const stage = h('main.signin', null);
  let stop = () => {};
  byId('app').replaceChildren(stage);
  show(!sessions.current ? 'account' : connection?.status === 'code_required' ? 'code' : 'phone', connection ?? {});

  /** @param {"account" | "phone" | "code"} step @param {any} state what the API said last */
  function show(step, state) {
    stop();
    stop = () => {};
    const content = { account: accountStep, phone: phoneStep, code: codeStep }[step](state);
    stage.replaceChildren(h('div.card', null,
      h('ol.steps', { 'aria-label': t('signin.steps') }, ...['account', 'phone', 'code'].map(name =>
        h('li', { 'aria-current': name === step ? 'step' : null }, t(`signin.step_${name}`)))),
      notice ? h('p.notice', { role: 'status' }, notice) : null,
      ...content), footer());
    notice = undefined;
    const first = /** @type {HTMLInputElement | null} */ (stage.querySelector('input:not([value]), input[value=""]') ?? stage.querySelector('input'));
    first?.focus();
  }

  function accountStep() {
    const last = tab.get('login', '');
    const login = field('login', t('signin.login'), { required: true, autocomplete: 'username', value: last, autocapitalize: 'none' });
    const password = field('password', t('signin.password'), { required: true, type: 'password', autocomplete: 'current-password' });
    const apiId = field('id_api', t('signin.api_id'), { required: true, inputmode: 'numeric', value: tab.get('id_api', '') });
    const apiHash = field('api_hash', t('signin.api_hash'), { required: true, value: tab.get('api_hash', '') });
    const { sandbox } = settings;
    return [
      h('h1', null, t('signin.heading')),
      h('p.lead', null, t('signin.lead'), settings.registration ? ` ${t('signin.new_account')}` : ''),
      form({
        fields: [login, password, apiId, apiHash],
        layout: [login, password, h('div.pair', null, apiId, apiHash), h('p.hint', null, t('signin.api_help'))],
        submit: t('signin.continue'),
        about: { 'account.password_wrong': 'password', 'account.too_many_tries': 'password' },
        onsubmit: enter,
      }),
      sandbox && sandboxHint([t('signin.sandbox_account')], fillIn),
    ];

    function fillIn() {
      login.value ||= 'me';
      password.value ||= 'correct horse battery';
      apiId.value = sandbox?.id_api;
      apiHash.value = sandbox?.api_hash;
      [login, password, apiId, apiHash].forEach(each => each.complain(''));
    }

    async function enter() {
      const id = apiId.value.trim();
      if (!/^\d{1,9}$/.test(id)) {
        throw { code: 'validation.failed', fields: { id_api: [''] } };
      }

      const answer = await post(
        'account_auth', { login: login.value, password: password.value, id_api: Number(id), api_hash: apiHash.value.trim() }, { open: true });
      tab.set('login', answer.login);
      tab.set('id_api', id);
      tab.set('api_hash', apiHash.value.trim());
      sessions.begin(answer, { account: answer.id_account, login: answer.login });
      const state = await get('connection');
      if (state.status === 'authorized') {
        leave(false);
      } else {
        show(state.status === 'code_required' ? 'code' : 'phone', state);
      }
    }
  }

  /** @param {any} state */
  function phoneStep(state) {
    const isOwed = state.status === 'password_required';
    const phone = field('phone', t('signin.phone'), {
      required: true, type: 'tel', autocomplete: 'tel', inputmode: 'tel', value: state.phone ?? '', help: t('signin.phone_help'),
    });
    const cloud = field('password', t('signin.cloud'), {
      type: 'password', optional: !isOwed, required: isOwed, autocomplete: 'off', help: t('signin.cloud_help'),
    });
    return [
      h('h1', null, t('signin.phone_heading')),
      isOwed ? h('p.lead', { role: 'status' }, t('signin.cloud_needed')) : null,
      form({
        fields: [phone, cloud],
        submit: isOwed ? t('signin.finish') : t('signin.send_code'),
        about: aboutPhone,
        onsubmit: async () => {
          const prepared = await post('telegram_preauth', { phone: phone.value, password: cloud.value });
          await goOn(prepared.status === 'authorized' ? prepared : { phone: prepared.phone, ...await post('telegram_auth', { flag: false }) });
        },
        after: [quiet(t('signin.other_account'), () => {
          sessions.end();
          show('account', {});
        })],
      }),
      settings.sandbox && sandboxHint(settings.sandbox.phones.map(one =>
        one.password ? t('signin.sandbox_cloud', { phone: one.phone, password: one.password }) : t('signin.sandbox_phone', { phone: one.phone })), () => {
        phone.value = settings.sandbox?.phones[0].phone;
      }),
    ];
  }

  /** @param {any} state */
  function codeStep(state) {
    const code = field('code', t('signin.code'), {
      required: true, inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 16,
      help: state.code_length ? t('signin.code_length', { n: state.code_length }) : undefined,
    });
    code.classList.add('code');
    const tries = h('p.hint', { role: 'status' });
    const resend = quiet('', () => view.busy(async () => {
      notice = undefined;
      show('code', { ...state, ...await post('telegram_auth', { flag: false, resend: true }) });
    }));
    const anew = quiet(t('signin.new_code'), () => view.busy(async () => goOn({ ...state, ...await post('telegram_auth', { flag: false }) })));
    const view = form({
      fields: [code],
      submit: t('signin.finish'),
      about: { 'telegram.code_invalid': 'code', 'telegram.code_expired': 'code', 'telegram.code_tries_exhausted': 'code' },
      onsubmit: enter,
      after: [resend, anew, quiet(t('signin.other_phone'), () => show('phone', { phone: state.phone }))],
    });
    countTries(state.tries_left);
    const runsOut = Date.now() + (state.timeout ?? 0) * 1000;
    const timer = setInterval(countDown, 500);
    stop = () => clearInterval(timer);
    countDown();
    const way = ['app', 'sms', 'call'].find(each => state.code_type === each) ?? 'other';
    return [
      h('h1', null, t('signin.code_heading')),
      h('p.lead', null, t(`signin.code_${way}`, { phone: `+${state.phone ?? ''}` })),
      view, tries,
      settings.sandbox && sandboxHint([t('signin.sandbox_code', { code: settings.sandbox.code })], () => code.value = settings.sandbox?.code),
    ];

    /** @param {number | null} left */
    function countTries(left) {
      tries.textContent = left !== null && left !== undefined && left < 5 ? t('signin.tries', { n: left }) : '';
    }

    function countDown() {
      const left = Math.ceil((runsOut - Date.now()) / 1000);
      const canResend = state.next_type !== null && state.next_type !== undefined;
      resend.hidden = !canResend;
      resend.disabled = left > 0;
      resend.textContent = left > 0 ? t('signin.resend_in', { time: duration(left) }) : t('signin.resend');
      anew.hidden = state.timeout !== undefined && state.status === 'code_required';
    }

    async function enter() {
      try {
        await goOn({ phone: state.phone, ...await post('telegram_auth', { flag: true, code: code.value.trim() }) });
      } catch (/** @type {any} */ error) {
        if (error.code === 'telegram.password_required') {
          show('phone', { phone: state.phone, status: 'password_required' });
          return;
        }

        countTries(error.problem?.tries_left);
        anew.hidden = !['telegram.code_tries_exhausted', 'telegram.code_expired', 'telegram.code_not_requested'].includes(error.code) && anew.hidden;
        if (!anew.hidden) {
          state = { ...state, status: 'disconnected', next_type: null };
        }

        throw error;
      }
    }
  }

  /** @param {any} state */
  async function goOn(state) {
    if (state.status === 'authorized') {
      await post('telegram_handler');
      leave(true);
    } else {
      show(state.status === 'password_required' ? 'phone' : 'code', state);
    }
  }

  /** @param {boolean} isFirst */
  function leave(isFirst) {
    stop();
    done(isFirst);
  }

  /** Lets go of the screen. */
  return () => stop();
}

const aboutPhone = {
  'telegram.phone_invalid': 'phone',
  'telegram.phone_banned': 'phone',
  'telegram.sign_up_required': 'phone',
  'telegram.another_user': 'phone',
  'telegram.password_invalid': 'password',
  'telegram.password_required': 'password',
};

/** @param {string} label @param {() => void} onclick @returns {HTMLButtonElement} */
const quiet = (label, onclick) => h('button.quiet', { type: 'button', onclick }, label);

/** @param {string[]} lines @param {() => void} fill */
const sandboxHint = (lines, fill) => h('aside.sandbox', null,
  h('h2', null, t('signin.sandbox')), ...lines.map(line => h('p', null, line)), quiet(t('signin.fill'), fill));

const footer = () => h('footer', null, ...Object.entries(LANGUAGES).map(([code, name]) =>
  h('button.quiet', { type: 'button', lang: code, 'aria-pressed': String(code === language), onclick: () => choose(code) }, name)));
