// The one place elements are made. Text only ever becomes text: there is no way here to parse markup.

/**
 * Makes an element.
 * @param {string} tag "button" or "button.primary.wide"
 * @param {Record<string, any> | null} [props] attributes; on* are listeners, booleans switch, null leaves out
 * @param {...(Node | string | number | null | undefined | false)} children
 * @returns {HTMLElement & any}
 */
export function h(tag, props, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) {
    element.className = classes.join(' ');
  }

  for (const [key, value] of Object.entries(props ?? {})) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, String(value));
    }
  }

  element.append(...children.flat().filter(child => child || child === 0).map(child => typeof child === 'number' ? String(child) : child));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** An icon of the sprite in index.html; says nothing to screen readers. @param {string} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A button that is only an icon. @param {string} name @param {string} label @param {(event: Event) => void} onclick @param {object} [more] */
export const iconButton = (name, label, onclick, more) =>
  h('button.iconic', { type: 'button', 'aria-label': label, title: label, onclick, ...more }, icon(name));

/** @param {string} id */
export const byId = id => /** @type {HTMLElement} */ (document.getElementById(id));

/** Tells screen readers something. @param {string} text */
export function announce(text) {
  byId('announce').textContent = text;
}

/**
 * A modal dialog: Escape and the cross close it, focus goes back to where it was.
 * @param {string} title @param {(close: () => void) => (Node | string)[]} content @param {string} closeLabel
 */
export function modal(title, content, closeLabel) {
  const dialog = h('dialog.modal', { 'aria-labelledby': 'modal-title' });
  const close = () => dialog.close();
  dialog.append(
    h('header', null, h('h2', { id: 'modal-title' }, title), iconButton('close', closeLabel, close)),
    h('div.modal-body', null, ...content(close)));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', event => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
