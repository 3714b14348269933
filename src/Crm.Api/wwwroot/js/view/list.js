// The list of dialogs, with its search.

import { h, icon } from '../dom.js';
import { dateAndTime, explain, number, shortTime, t } from '../i18n.js';
import { LineList } from '../lines.js';
import { hue, initials, oneLine } from '../text.js';

const SEARCH_PAUSE_MS = 120;

/** @param {any} context @param {{ isReading: (id: number) => boolean }} talk */
export function dialogList({ dialogs, drafts, outbox, open }, talk) {
  /** @type {import('../store/dialogs.js').Dialog[]} */
  let shown = [];
  /** @type {number | null} */
  let selected = null;
  /** @type {number | null} */
  let active = null;
  let typing = 0;

  const search = h('input', {
    type: 'search', placeholder: t('list.search'), 'aria-label': t('list.search_label'), autocomplete: 'off', spellcheck: 'false',
    'aria-controls': 'dialogs', oninput: onSearch, onkeydown: onSearchKey,
  });
  const count = h('p.sr', { role: 'status' });
  const scroller = h('div.lines', { id: 'dialogs', role: 'listbox', tabindex: '0', 'aria-label': t('list.label'), onkeydown: onKey, onfocus: showActive });
  const note = h('div.note', { hidden: true });
  const element = h('nav.list', { 'aria-label': t('list.label') }, h('div.search', null, icon('search'), search), count, note, scroller);
  const lines = new LineList(scroller, { height: lineHeight, key: dialog => dialog.id, create, update });

  dialogs.on('changed', refresh);
  outbox.on('changed', refresh);
  refresh();

  function refresh() {
    const query = search.value.trim();
    shown = dialogs.search(query);
    lines.items = shown;
    note.hidden = shown.length > 0;
    if (shown.length === 0) {
      note.replaceChildren(...nothing(query));
    }
  }

  /** @param {string} query */
  function nothing(query) {
    if (dialogs.error && !query) {
      const retry = h('button.quiet', { type: 'button', onclick: () => dialogs.load().catch(() => undefined) }, t('retry'));
      return [h('p', null, t('list.failed')), h('p', null, explain(dialogs.error)), retry];
    }

    return !dialogs.isLoaded ? [h('p.loading', { role: 'status' }, t('loading'))]
      : [h('p', null, query ? t('list.nothing', { query }) : t('list.empty'))];
  }

  function lineHeight() {
    return 4.5 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /** @param {import('../store/dialogs.js').Dialog} dialog */
  function create(dialog) {
    return h('div.line', { role: 'option', id: `dialog-${dialog.id}`, onclick: () => open(dialog.id) },
      h(`span.avatar.hue${hue(dialog.id)}`, { 'aria-hidden': 'true' }),
      h('span.name', { dir: 'auto' }), h('time'), h('span.last', { dir: 'auto' }), h('span.unread'));
  }

  /** @param {HTMLElement} line @param {import('../store/dialogs.js').Dialog} dialog @param {number} index @param {number} total */
  function update(line, dialog, index, total) {
    const [avatar, name, time, last, unread] = /** @type {any} */ (line.children);
    const draft = selected === dialog.id ? '' : drafts.get(dialog.id);
    setText(avatar, initials(dialog.title));
    setText(name, dialog.title || t('talk.unnamed'));
    setText(time, dialog.time ? shortTime(dialog.time) : '');
    time.title = dialog.time ? dateAndTime(dialog.time) : '';
    setText(last, draft ? t('list.draft', { text: oneLine(draft) }) : summary(dialog));
    last.classList.toggle('draft', Boolean(draft));
    setText(unread, dialog.unread > 0 ? number(dialog.unread) : '');
    unread.setAttribute('aria-label', dialog.unread > 0 ? t('list.unread', { n: dialog.unread }) : '');
    unread.setAttribute('role', 'img');
    unread.hidden = dialog.unread === 0;
    line.setAttribute('aria-selected', String(dialog.id === selected));
    line.setAttribute('aria-posinset', String(index + 1));
    line.setAttribute('aria-setsize', String(total));
    line.classList.toggle('active', dialog.id === active);
  }

  /** @param {import('../store/dialogs.js').Dialog} dialog */
  function summary(dialog) {
    if (dialog.last === null) {
      return '';
    }

    const text = oneLine(dialog.last) || t('list.no_text');
    return dialog.lastIsMine ? t('list.you', { text }) : text;
  }

  function onSearch() {
    clearTimeout(typing);
    typing = setTimeout(() => {
      scroller.scrollTop = 0;
      refresh();
      count.textContent = search.value.trim() ? t('list.found', { n: shown.length }) : '';
    }, SEARCH_PAUSE_MS);
  }

  /** @param {KeyboardEvent} event */
  function onSearchKey(event) {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      scroller.focus();
      activate(0);
    } else if (event.key === 'Enter') {
      clearTimeout(typing);
      refresh();
      shown[0] && open(shown[0].id);
    } else if (event.key === 'Escape' && search.value) {
      event.stopPropagation();
      search.value = '';
      refresh();
    }
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const at = Math.max(0, shown.findIndex(dialog => dialog.id === active));
    const page = Math.max(1, Math.floor(scroller.clientHeight / lineHeight()) - 1);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: shown.length - 1 }[event.key];
    if (event.altKey) {
      return;
    }

    if (to !== undefined) {
      event.preventDefault();
      activate(to);
    } else if ((event.key === 'Enter' || event.key === ' ') && active !== null) {
      event.preventDefault();
      open(active);
    }
  }

  function showActive() {
    if (active === null || !shown.some(dialog => dialog.id === active)) {
      activate(Math.max(0, shown.findIndex(dialog => dialog.id === selected)));
    }
  }

  /** @param {number} index */
  function activate(index) {
    const place = Math.min(Math.max(index, 0), shown.length - 1);
    if (shown[place]) {
      active = shown[place].id;
      lines.reveal(place);
      scroller.setAttribute('aria-activedescendant', `dialog-${active}`);
    }
  }

  return {
    element,
    focusSearch: () => search.focus(),

    /** @param {number | null} id */
    select(id) {
      selected = id;
      active = id ?? active;
      const index = shown.findIndex(dialog => dialog.id === id);
      if (index >= 0) {
        lines.reveal(index);
      }

      lines.draw();
    },

    /** Opens the dialog so many places further. @param {number} by */
    step(by) {
      const at = shown.findIndex(dialog => dialog.id === selected);
      const next = shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
      next && open(next.id);
    },

    nextUnread() {
      const at = shown.findIndex(dialog => dialog.id === selected);
      const next = [...shown.slice(at + 1), ...shown].find(dialog => dialog.unread > 0 && !talk.isReading(dialog.id));
      next && open(next.id);
    },
  };
}

/** @param {Node} node @param {string} text */
function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}
