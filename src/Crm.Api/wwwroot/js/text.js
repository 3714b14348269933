// Message texts: plain text, with its links.

import { h } from './dom.js';

const LINK = /(?:https?:\/\/|www\.)[^\s<>"'«»]+/giu;
const TRAILING = /[.,:;!?)\]}…]+$/u;

/** What a text says, as nodes; nothing in it is ever taken for markup. @param {string} text @returns {(Node | string)[]} */
export function withLinks(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const shown = match[0].replace(TRAILING, '');
    const url = toUrl(shown);
    if (url) {
      nodes.push(text.slice(end, match.index), h('a', { href: url, target: '_blank', rel: 'noopener noreferrer nofollow' }, shown));
      end = match.index + shown.length;
    }
  }

  nodes.push(text.slice(end));
  return nodes.filter(node => node !== '');
}

/** @param {string} shown */
function toUrl(shown) {
  try {
    const url = new URL(/^www\./i.test(shown) ? `https://${shown}` : shown);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

/** Up to two letters for an avatar. @param {string} name */
export function initials(name) {
  const letters = [...name.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].map(match => match[0]);
  return ([letters[0], letters.length > 1 ? letters.at(-1) : ''].join('') || '#').toUpperCase();
}

/** Which of the avatars' colours. @param {number} id */
export const hue = id => Math.abs(id) % 8;

/** One line of it. @param {string} text */
export const oneLine = text => text.slice(0, 300).replace(/\s+/g, ' ');
