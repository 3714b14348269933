// Two languages; the browser's decides until somebody chooses. Texts are in lang/, one file a language, of which one is loaded.

import { device } from './storage.js';

export const LANGUAGES = { en: 'English', ru: 'Русский' };

const chosen = device.get('language');

/** @type {keyof LANGUAGES} */
export const language = chosen === 'ru' || chosen === 'en' ? chosen
  : /^(ru|be|uk|kk)\b/i.test(navigator.language) ? 'ru' : 'en';

const { texts, errors } = await import(`./lang/${language}.js`);
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);
document.documentElement.lang = language;

/**
 * A text; {name} is replaced, and where the text has plural forms, n chooses.
 * @param {string} key @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const found = texts[key] ?? key;
  const text = typeof found === 'string' ? found : found[plurals.select(Number(values.n))] ?? found.other;
  return fill(text, values);
}

/** @param {string} text @param {Record<string, string | number>} values */
const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => name in values ? typeof values[name] === 'number' ? numbers.format(values[name]) : values[name] : whole);

/**
 * What a refusal means, in plain words.
 * @param {import('./api.js').ApiError} error @returns {string}
 */
export function explain(error) {
  const wait = error.retryAfter ? t('wait', { time: duration(error.retryAfter) }) : '';
  const text = errors[error.code] ?? fill(errors.other, { code: error.code });
  return wait ? `${text} ${wait}` : text;
}

/** Which field a refusal is about, by the API's code. @param {string} code @param {string} field */
export const explainField = (code, field) => errors[`${code}:${field}`] ?? errors[`field:${field}`] ?? errors['field:other'];

/** @param {string | null} value */
export function choose(value) {
  device.set('language', value);
  location.reload();
}

const clock = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(language, { weekday: 'short' });
const dayAndMonth = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
const wholeDate = new Intl.DateTimeFormat(language, { day: '2-digit', month: '2-digit', year: '2-digit' });
const longDay = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
const longDate = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' });
const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });

const DAY_S = 86_400;
const at = seconds => new Date(seconds * 1000);
const dayOf = date => Math.floor((date.getTime() / 1000 - date.getTimezoneOffset() * 60) / DAY_S);

/** The local day a time lies in, as a number. @param {number} seconds Unix */
export const dayNumber = seconds => dayOf(at(seconds));

/** @param {number} seconds Unix */
export const time = seconds => clock.format(at(seconds));

/** @param {number} seconds Unix */
export const dateAndTime = seconds => moment.format(at(seconds));

/** As short as a list of dialogs wants it. @param {number} seconds Unix */
export function shortTime(seconds) {
  const date = at(seconds);
  const now = new Date();
  const days = dayOf(now) - dayOf(date);
  return days <= 0 ? clock.format(date) : days < 7 ? weekday.format(date)
    : date.getFullYear() === now.getFullYear() ? dayAndMonth.format(date) : wholeDate.format(date);
}

/** A day's heading. @param {number} seconds Unix */
export function dayName(seconds) {
  const date = at(seconds);
  const now = new Date();
  const days = dayOf(now) - dayOf(date);
  return days === 0 ? t('today') : days === 1 ? t('yesterday')
    : date.getFullYear() === now.getFullYear() ? longDay.format(date) : longDate.format(date);
}

/** @param {number} seconds */
export function duration(seconds) {
  const whole = Math.max(1, Math.ceil(seconds));
  return whole < 90 ? t('seconds', { n: whole })
    : whole < 5400 ? t('minutes', { n: Math.round(whole / 60) }) : t('hours', { n: Math.round(whole / 3600) });
}

/** @param {number} value */
export const number = value => numbers.format(value);
