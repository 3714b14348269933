// Form fields that say what is wrong beside themselves.

import { explain, explainField, t } from './i18n.js';
import { h } from './dom.js';

let fieldIds = 0;

/**
 * @typedef {HTMLElement & { input: HTMLInputElement, value: string, complain: (text: string) => void }} Field
 * @param {string} name as the API calls it
 * @param {string} label
 * @param {{ help?: string, type?: string, value?: string, optional?: boolean, [attribute: string]: any }} [options]
 * @returns {Field}
 */
export function field(name, label, { help, optional, ...attributes } = {}) {
  const id = `field-${++fieldIds}`;
  const wrong = h('p.wrong', { id: `${id}-wrong` });
  const hint = help ? h('p.hint', { id: `${id}-help` }, help) : null;
  const input = h('input', {
    id, name, type: 'text', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': `${id}-wrong${hint ? ` ${id}-help` : ''}`, ...attributes,
  });
  const element = h('div.field', null,
    h('label', { for: id }, label, optional ? h('span.optional', null, ` ${t('optional')}`) : null), input, wrong, hint);
  input.addEventListener('input', () => complain(''));

  /** @param {string} text */
  function complain(text) {
    wrong.textContent = text;
    if (text) {
      input.setAttribute('aria-invalid', 'true');
    } else {
      input.removeAttribute('aria-invalid');
    }
  }

  Object.defineProperty(element, 'value', { get: () => input.value, set: value => input.value = value });
  return /** @type {any} */ (Object.assign(element, { input, complain }));
}

/**
 * A form that sends itself with its button, is busy meanwhile, and puts refusals beside the fields they are about.
 * @param {object} options
 * @param {Field[]} options.fields
 * @param {Node[]} [options.layout] how the fields stand, where it isn't one below the other
 * @param {string} options.submit
 * @param {() => Promise<void>} options.onsubmit
 * @param {Record<string, string>} [options.about] which field a refusal is about, by its code
 * @param {(Node | null)[]} [options.before]
 * @param {(Node | null)[]} [options.after] beside the button
 */
export function form({ fields, layout, submit, onsubmit, about = {}, before = [], after = [] }) {
  const trouble = h('p.trouble', { role: 'alert' });
  const button = h('button.primary', { type: 'submit' }, submit);
  const element = h('form', { novalidate: true, onsubmit: send }, ...before, ...layout ?? fields, trouble, h('div.buttons', null, button, ...after));

  /** @param {SubmitEvent} [event] */
  async function send(event) {
    event?.preventDefault();
    if (button.getAttribute('aria-disabled')) {
      return;
    }

    trouble.textContent = '';
    fields.forEach(each => each.complain(''));
    const missing = fields.filter(each => each.input.required && !each.value.trim());
    if (missing.length > 0) {
      missing.forEach(each => each.complain(explainField('', each.input.name)));
      missing[0].input.focus();
      return;
    }

    await busy(onsubmit);
  }

  /** Does something for this form and shows what went wrong. @param {() => Promise<void>} work */
  async function busy(work) {
    button.setAttribute('aria-disabled', 'true');
    element.classList.add('busy');
    try {
      await work();
    } catch (error) {
      refuse(/** @type {any} */ (error));
    } finally {
      button.removeAttribute('aria-disabled');
      element.classList.remove('busy');
    }
  }

  /** @param {import('./api.js').ApiError} error */
  function refuse(error) {
    if (!('code' in error)) {
      throw error;
    }

    const wrong = Object.keys(error.fields ?? {}).map(name => fields.find(each => each.input.name === name)).filter(Boolean);
    const one = fields.find(each => each.input.name === about[error.code]);
    if (wrong.length > 0) {
      wrong.forEach(each => each?.complain(explainField(error.code, each.input.name)));
      wrong[0]?.input.focus();
    } else if (one) {
      one.complain(explain(error));
      one.input.focus();
      one.input.select();
    } else {
      trouble.textContent = explain(error);
    }
  }

  return Object.assign(element, { busy, refuse, trouble });
}
