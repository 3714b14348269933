// Everything an operator does in a day, over one transport; each list is compared with what the sandbox says it holds.
import assert from 'node:assert/strict';
import { collect, listen, open, signIn } from './account.mjs';

const PLAIN = '9996620001';
const WITH_PASSWORD = '9996620002';

// Small pages, so that there are several.
const DIALOGS_PAGE = 4;
const HISTORY_PAGE = 17;

export async function converse(sandbox, wire, network) {
  const client = open(sandbox, wire, { network });
  try {
    await signIn(client, PLAIN);
    const inbox = await listen(client);
    const customer = await chooseCustomer(client, sandbox);
    await compareHistory(client, sandbox, PLAIN, customer.id);
    await exchange(client, sandbox, inbox, customer);
    await compareHistory(client, sandbox, PLAIN, customer.id);
    await client.logOut();
    await assert.rejects(client.getMe(), (error) => error.text === 'AUTH_KEY_UNREGISTERED');
  } finally {
    await client.destroy();
  }
}

export async function enterWithPassword(sandbox, wire) {
  const client = open(sandbox, wire);
  try {
    await assert.rejects(signIn(client, WITH_PASSWORD, 'wrong'), (error) => error.text === 'PASSWORD_HASH_INVALID');
    const self = await signIn(client, WITH_PASSWORD, 'sandbox');
    assert.equal(self.phoneNumber, WITH_PASSWORD);
    const [dialog] = await dialogsWithPeople(client);
    await compareHistory(client, sandbox, WITH_PASSWORD, dialog.peer.id);
    await client.logOut();
  } finally {
    await client.destroy();
  }
}

export async function compareHistory(client, sandbox, phone, userId) {
  const seen = await collect(client.iterHistory(userId, { chunkSize: HISTORY_PAGE }));
  const told = seen.reverse().map((one) => ({ id: one.id, out: one.isOutgoing, text: one.text, date: one.raw.date }));
  assert.deepEqual(told, await trueHistory(sandbox, phone, userId));
}

// What the sandbox holds, as a client tells it.
export async function trueHistory(sandbox, phone, userId) {
  const messages = await sandbox.truth(phone, userId);
  return messages.map((one) => ({ id: one.message_id, out: one.out, text: one.text, date: one.date }));
}

export async function dialogsWithPeople(client) {
  const dialogs = await collect(client.iterDialogs({ chunkSize: DIALOGS_PAGE }));
  assert.equal(new Set(dialogs.map((one) => one.peer.id)).size, dialogs.length, 'A dialog came twice.');
  return dialogs.filter((one) => one.peer.type === 'user');
}

// All dialogs to the last, against the list the server gives at once; and one of a customer with a username.
async function chooseCustomer(client, sandbox) {
  const dialogs = await dialogsWithPeople(client);
  const customers = (await sandbox.people()).filter((one) => !one.operator);
  const written = await Promise.all(customers.map((one) => sandbox.truth(PLAIN, one.id)));
  const expected = customers.filter((_, index) => written[index].length > 0).map((one) => one.id);
  assert.deepEqual(dialogs.map((one) => one.peer.id).sort(), expected.sort());

  const customer = customers.find((one) => one.username && expected.includes(one.id));
  const resolved = await client.resolvePeer(customer.username, true);
  assert.equal(resolved.userId, customer.id);
  return customer;
}

async function exchange(client, sandbox, inbox, customer) {
  const sent = await client.sendText(customer.id, 'Hello from another client');
  const { message: reply } = await inbox.until(
    'the answer of a customer',
    (one) => one.kind === 'new' && !one.message.isOutgoing && one.message.chat.id === customer.id && one.message.id > sent.id,
  );

  const edited = await client.editMessage({ chatId: customer.id, message: sent.id, text: 'Hello again' });
  assert.equal(edited.text, 'Hello again');
  const extra = await client.sendText(customer.id, 'To be deleted');
  await client.deleteMessagesById(customer.id, [extra.id]);
  await inbox.until('the second answer', (one) => one.kind === 'new' && !one.message.isOutgoing && one.message.id > extra.id);

  await client.readHistory(customer.id);
  const [dialog] = await client.getPeerDialogs(customer.id);
  assert.equal(dialog.unreadCount, 0);

  const truth = await sandbox.truth(PLAIN, customer.id);
  const text = (id) => truth.find((one) => one.message_id === id)?.text;
  assert.equal(text(sent.id), 'Hello again');
  assert.equal(text(reply.id), reply.text);
  assert.equal(text(extra.id), undefined);
}
