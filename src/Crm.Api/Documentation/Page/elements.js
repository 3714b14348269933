// What pages are made of: elements and text, never HTML in a string.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ''));
  return made;
}

/** The little Markdown the document holds: paragraphs, lists, `code` and **bold**. */
export function prose(text, inline = false) {
  const blocks = (text ?? '').split(/\n{2,}/).map((block) => block.trim()).filter(Boolean);
  if (inline) return spans(blocks.join(' '));
  return blocks.map((block) =>
    block.startsWith('- ')
      ? element('ul', {}, block.split(/\n(?=- )/).map((item) => element('li', {}, spans(item.slice(2)))))
      : element('p', {}, spans(block)));
}

function spans(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).filter(Boolean).map((part) =>
    part.startsWith('`') ? element('code', {}, part.slice(1, -1))
    : part.startsWith('**') ? element('strong', {}, part.slice(2, -2))
    : part);
}

export function sample(title, text) {
  const copy = element('button', { type: 'button', 'aria-label': `Copy: ${title}` }, 'Copy');
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      copy.textContent = 'Copied';
    } catch {
      // Without a clipboard (an address that is not https) the text is marked, to be copied by hand.
      getSelection().selectAllChildren(box.querySelector('code'));
      copy.textContent = 'Marked';
    }
    setTimeout(() => (copy.textContent = 'Copy'), 1500);
  });
  const box = element('div', { class: 'sample' }, element('p', {}, title), copy, element('pre', { tabindex: '0' }, element('code', {}, text)));
  return box;
}

export const json = (value) => JSON.stringify(value, null, 2);

export function table(heads, rows, kind) {
  const head = element('tr', {}, heads.map((text) => element('th', { scope: 'col' }, text)));
  return element('div', { class: 'table' }, element('table', { class: kind }, element('thead', {}, head), element('tbody', {}, rows)));
}

export function row(...cells) {
  return element('tr', {}, cells.map((cell) => element('td', {}, cell)));
}
