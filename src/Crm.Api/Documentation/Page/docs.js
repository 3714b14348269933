// Shows /openapi/v1.json.

import { element, json, prose, row, sample, table } from '/docs/elements.js';
import { Reference } from '/docs/reference.js';

const page = {
  contents: document.getElementById('contents'),
  content: document.getElementById('content'),
  state: document.getElementById('state'),
  filter: document.getElementById('filter'),
  theme: document.getElementById('theme'),
};

function describe(reference, operation) {
  const scope = operation.security?.flatMap((one) => one.api_key ?? []).at(0);
  const examples = Object.entries(operation.requestBody?.content['application/json'].examples ?? {});
  const answers = Object.entries(operation.responses).sort(([a], [b]) => a.localeCompare(b));
  const problems = answers.filter(([, answer]) => answer.content?.['application/problem+json']);
  return element('div', { class: 'body' },
    prose(operation.description),
    element('p', { class: 'quiet' }, scope ? ['An access token, or an API key with the scope ', element('code', {}, scope), '.'] : 'Open: needs no token.'),
    parameters(reference, operation),
    operation.requestBody && [
      element('h4', {}, `Request${operation.requestBody.required ? '' : ' (may be left out)'}`),
      reference.fields(operation.requestBody.content['application/json'].schema),
    ],
    (examples.length ? examples : [['curl', { value: {} }]]).map(([name, example]) => sample(name, reference.curl(operation, example.value))),
    answers.filter((answer) => !problems.includes(answer)).map(([status, answer]) => success(reference, status, answer)),
    element('h4', {}, 'Refusals'),
    table(['Status', 'Code', 'Meaning'], problems.flatMap(([status, answer]) => refusals(reference, status, answer)), 'codes'));
}

function parameters(reference, operation) {
  if (!operation.parameters?.length) return null;
  return [
    element('h4', {}, 'Parameters'),
    table(['Name', 'Type', 'Meaning'], operation.parameters.map((one) => row(
      [element('code', {}, one.name), element('span', { class: 'quiet' }, ` ${one.in}${one.required ? '' : ', optional'}`)],
      [element('code', {}, reference.type(one.schema)), element('br'), element('span', { class: 'quiet' }, reference.limits(one.schema))],
      prose(one.description, true))), 'fields'),
  ];
}

function success(reference, status, answer) {
  const media = Object.entries(answer.content ?? {});
  return [
    element('h4', {}, `Answer ${status}`),
    prose(answer.description),
    Object.entries(answer.headers ?? {}).map(([name, header]) => element('p', {}, element('code', {}, name), ` ${header.description}`)),
    media.map(([type, { schema, example, examples }]) => [
      type === 'application/json' ? reference.fields(schema) : prose(schema.description),
      example ? sample(type, example) : Object.values(examples ?? {}).map(({ value }) => sample(`${type}, for example`, json(value))),
    ]),
  ];
}

function refusals(reference, status, answer) {
  const { examples } = answer.content['application/problem+json'];
  return Object.entries(examples).map(([code, example]) => {
    const { summary, value } = reference.resolve(example);
    return row(
      status,
      element('code', {}, code),
      [element('p', {}, summary), element('details', { class: 'nested' }, element('summary', {}, 'Its body'), sample(code, json(value)))]);
  });
}

function card(reference, operation) {
  const details = element('details', { class: 'operation', id: operation.operationId },
    element('summary', {},
      element('span', { class: `method ${operation.method}` }, operation.method.toUpperCase()),
      element('h3', {}, operation.path),
      element('span', { class: 'says' }, operation.summary)));
  // Filled when it is first opened: hundreds of tables nobody looks at would make the page slow.
  const fill = () => details.querySelector('.body') ?? details.append(describe(reference, operation));
  details.addEventListener('toggle', () => details.open && fill());
  return details;
}

function show(api) {
  const reference = new Reference(api);
  const operations = reference.operations();
  page.content.replaceChildren(element('section', {}, prose(api.info.description)));
  for (const tag of api.tags) {
    const own = operations.filter((operation) => operation.tags?.includes(tag.name));
    if (own.length === 0) continue;
    page.contents.append(element('section', {}, element('h2', {}, tag.name), element('ul', {}, own.map((operation) =>
      element('li', { 'data-words': words(operation) },
        element('a', { href: `#${operation.operationId}`, 'aria-label': `${operation.method.toUpperCase()} ${operation.path}` },
          element('span', { class: `method ${operation.method}` }, operation.method.toUpperCase()), ' ', operation.path.replace('/api/', '')))))));
    page.content.append(element('section', {}, element('h2', {}, tag.name), element('p', { class: 'quiet' }, tag.description), own.map((operation) => {
      const made = card(reference, operation);
      made.dataset.words = words(operation);
      return made;
    })));
  }
  page.content.append(element('p', { id: 'nothing', hidden: true }, 'No operation has that.'));
}

/** What an operation is found by: its address, words, fields and codes. */
function words(operation) {
  const names = JSON.stringify([operation.requestBody, operation.parameters, operation.responses]).match(/[a-z_]+\.[a-z_]+|"[a-z_]+"/g) ?? [];
  return [operation.path, operation.summary, operation.operationId, ...new Set(names)].join(' ').toLowerCase();
}

function filter() {
  const sought = page.filter.value.trim().toLowerCase();
  for (const one of document.querySelectorAll('[data-words]')) {
    one.hidden = !one.dataset.words.includes(sought);
  }
  for (const section of document.querySelectorAll('nav section, main section')) {
    const found = [...section.querySelectorAll('[data-words]')];
    section.hidden = found.length > 0 && found.every((one) => one.hidden);
  }
  const nothing = document.getElementById('nothing');
  if (nothing) nothing.hidden = document.querySelector('main [data-words]:not([hidden])') !== null;
}

function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (const link of page.contents.querySelectorAll('a')) {
    link.toggleAttribute('aria-current', false);
    if (link.hash === location.hash) link.setAttribute('aria-current', 'true');
  }
  if (!target?.matches('details')) return;
  target.open = true;
  target.querySelector('summary').focus({ preventScroll: true });
  target.scrollIntoView();
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  page.theme.setAttribute('aria-pressed', String(theme === 'dark'));
}

function listen() {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  setTheme(dark.matches ? 'dark' : 'light');
  dark.addEventListener('change', () => setTheme(dark.matches ? 'dark' : 'light'));
  page.theme.addEventListener('click', () => setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
  page.filter.addEventListener('input', filter);
  addEventListener('hashchange', openTarget);
  addEventListener('keydown', (event) => {
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && document.activeElement !== page.filter) {
      event.preventDefault();
      page.filter.focus();
    } else if (event.key === 'Escape' && document.activeElement === page.filter) {
      page.filter.value = '';
      filter();
    }
  });
}

listen();
try {
  const response = await fetch('/openapi/v1.json');
  if (!response.ok) throw new Error(`status ${response.status}`);
  show(await response.json());
  openTarget();
} catch (error) {
  page.state?.remove();
  page.content.append(element('p', { role: 'alert' }, `The document could not be read: ${error.message}.`));
}
