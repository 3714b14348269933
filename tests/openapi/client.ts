// What a frontend's developer would write: the types come from the document, and the compiler holds this program against them.
import createClient from 'openapi-fetch';
import type { components, paths } from './obj/schema.js';

declare const process: { readonly argv: readonly string[] };

type Message = components['schemas']['Message'];
type Event = components['schemas']['Event'];

const api = createClient<paths>({ baseUrl: process.argv[2] ?? '' });

function expect(what: string, holds: boolean): asserts holds {
  if (!holds) throw new Error(`expected: ${what}`);
}

/** The data of an answer, or an exception that names the refusal's code. */
function data<T>(answer: { data?: T; error?: { code: string; title: string } }): T {
  if (answer.data === undefined) throw new Error(`${answer.error?.code}: ${answer.error?.title}`);
  return answer.data;
}

async function signIn(): Promise<number> {
  const refused = await api.POST('/api/account_auth', { body: { login: '', password: 'x', id_api: 1, api_hash: 'x' } });
  expect('an empty login is refused', refused.error?.code === 'validation.failed' && refused.error.errors?.['login'] !== undefined);

  const account = data(
    await api.POST('/api/account_auth', {
      body: { login: 'generated', password: 'correct horse battery', id_api: 1, api_hash: '0123456789abcdef0123456789abcdef' },
    }),
  );
  expect('the password is hidden', account.password === '********');
  api.use({ onRequest: ({ request }) => request.headers.set('Authorization', `${account.token_type} ${account.access_token}`) });

  const wrong = await api.POST('/api/account_auth', {
    body: { login: 'generated', password: 'another', id_api: 1, api_hash: 'x' },
  });
  expect('a wrong password has its code', wrong.error?.code === 'account.password_wrong');
  // @ts-expect-error No answer of this operation has that code, and the compiler knows.
  expect('a code of another operation', wrong.error.code !== 'dialog.not_found');
  return account.id_account;
}

async function enterTelegram(): Promise<void> {
  const early = await api.POST('/api/telegram_load');
  expect('nobody is in Telegram yet', early.response.status === 409 && early.error?.code === 'telegram.not_authorized');

  const prepared = data(await api.POST('/api/telegram_preauth', { body: { phone: '9996620001', password: '' } }));
  expect('the session is new', prepared.session === 'created' && prepared.telegram_user === null);
  const asked = data(await api.POST('/api/telegram_auth', { body: { flag: false } }));
  expect('a code is on its way', asked.status === 'code_required' && asked.code_length === 5);
  const missed = await api.POST('/api/telegram_auth', { body: { flag: true, code: '11111' } });
  expect('a wrong code costs a try', missed.error?.code === 'telegram.code_invalid' && missed.error.tries_left === (asked.tries_left ?? 0) - 1);
  const entered = data(await api.POST('/api/telegram_auth', { body: { flag: true, code: 22222 } }));
  expect('it is in', entered.status === 'authorized' && entered.telegram_user !== null && entered.telegram_user.id > 0);
}

async function send(): Promise<{ sent: Message; user: number }> {
  const dialogs = data(await api.POST('/api/telegram_load'));
  const user = dialogs.find((dialog) => dialog.type === 'user')?.id;
  expect('there is somebody to write to', user !== undefined);

  // @ts-expect-error A recipient has to be named, by one of two names.
  const nobody = await api.POST('/api/telegram_send', { body: { answer: 'to nobody' } });
  expect('a send to nobody is refused', nobody.error?.code === 'validation.failed');

  const request = { params: { header: { 'Idempotency-Key': 'generated-1' } }, body: { user_id: user, answer: 'Добрый день!' } };
  const sent = data(await api.POST('/api/telegram_send', request));
  expect('Telegram has it', sent.status === 'sent' && sent.answer === 1 && sent.message === 'Добрый день!' && sent.message_id !== null);
  const again = data(await api.POST('/api/telegram_send', request));
  expect('the same key sends once', again.message_id === sent.message_id && again.send_id === sent.send_id);
  const state = data(await api.GET('/api/sends/{id}', { params: { path: { id: sent.send_id } } }));
  expect('the send is found', state.id === sent.id && state.code === null);
  return { sent, user };
}

async function readBack(account: number, user: number, sent: Message): Promise<void> {
  const stored = data(await api.POST('/api/get_messages/accountid_and_messenger', { body: { id_account: account, messenger: 'telegram' } }));
  expect('the message is stored', stored[String(user)]?.some((row) => row.id === sent.id && row.timestamp === sent.timestamp) === true);

  const page = data(await api.GET('/api/events', { params: { query: { after: 0 } }, headers: { Accept: 'application/json' } }));
  const texts = (page as { events: Event[] }).events.flatMap((event) => (event.type === 'message.sent' ? [event.data.message.message] : []));
  expect('the event tells of it', texts.includes(sent.message));

  const unknown = await api.GET('/api/sends/{id}', { params: { path: { id: 999 } } });
  expect('what is not there is 404', unknown.response.status === 404 && unknown.error?.code === 'send.not_found');
}

const account = await signIn();
await enterTelegram();
const { sent, user } = await send();
await readBack(account, user, sent);
console.log(`signed in as account ${account}, sent message ${sent.message_id ?? '?'}`);
