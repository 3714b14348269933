// A client of another school: the older RSA scheme, 0 for its first salt, a new session for each connection, full framing, and missed
// updates only when it is asked to catch up.
import assert from 'node:assert/strict';
import { createHash, createPublicKey } from 'node:crypto';
import bigInt from 'big-integer';
import { Api, TelegramClient } from 'teleproto';
import { _serverKeys as trustedKeys } from 'teleproto/crypto/RSA.js';
import { NewMessage } from 'teleproto/events/index.js';
import { Logger } from 'teleproto/extensions/index.js';
import { ConnectionTCPAbridged, ConnectionTCPFull, ConnectionTCPObfuscated } from 'teleproto/network/connection/index.js';
import { MemorySession } from 'teleproto/sessions/index.js';
import { API_HASH, API_ID, codeOf, collect } from './account.mjs';
import { trueHistory } from './conversation.mjs';
import { Inbox } from './inbox.mjs';

const PLAIN = '9996620001';
const WITH_PASSWORD = '9996620002';
const ABROAD = '9996630001';

export const secondWires = [
  { name: 'full', connection: ConnectionTCPFull },
  { name: 'abridged', connection: ConnectionTCPAbridged },
  { name: 'obfuscated', connection: ConnectionTCPObfuscated },
];

// It knows its servers' keys as numbers, by their fingerprints: https://core.telegram.org/mtproto/auth_key
export function trustAsNumbers(sandbox) {
  const { n, e } = createPublicKey(sandbox.publicKey).export({ format: 'jwk' });
  const [modulus, exponent] = [n, e].map((number) => Buffer.from(number, 'base64url'));
  const digest = createHash('sha1').update(tlBytes(modulus)).update(tlBytes(exponent)).digest();
  const toNumber = (bytes) => bigInt(bytes.toString('hex'), 16);
  trustedKeys.set(`${digest.readBigInt64LE(12)}`, { n: toNumber(modulus), e: toNumber(exponent) });
}

export async function converseAgain(sandbox, connection) {
  const { client, inbox } = await enter(sandbox, connection, PLAIN);
  try {
    assert.equal((await client.getMe()).phone, PLAIN);
    const customer = await chooseCustomer(client, sandbox);
    await compareHistory(client, sandbox, customer.id);

    const sent = await client.sendMessage(customer, { message: 'Hello from a second client' });
    await inbox.until('the answer of a customer', (one) => !one.out && Number(one.chatId) === Number(customer.id) && one.id > sent.id);
    const edited = await client.editMessage(customer, { message: sent.id, text: 'Hello again' });
    assert.equal(edited.message, 'Hello again');
    const together = Array.from({ length: 20 }, (_, number) => client.sendMessage(customer, { message: `together ${number}` }));
    const ids = (await Promise.all(together)).map((one) => one.id);
    assert.equal(new Set(ids).size, ids.length, 'Two messages got the same id.');
    await client.deleteMessages(customer, ids, { revoke: true });
    await client.markAsRead(customer);

    await missAndCatchUp(client, sandbox, inbox, customer);
    await compareHistory(client, sandbox, customer.id);
    await leave(client);
  } finally {
    await client.destroy();
  }
}

export async function enterAbroadAndWithPassword(sandbox, connection) {
  for (const phone of [WITH_PASSWORD, ABROAD]) {
    const { client } = await enter(sandbox, connection, phone);
    try {
      assert.equal((await client.getMe()).phone, phone);
      assert.equal(client.session.dcId, Number(phone[5]));
      await leave(client);
    } finally {
      await client.destroy();
    }
  }
}

async function enter(sandbox, connection, phone) {
  const session = new SandboxSession(sandbox);
  session.setDC(2);
  const client = new TelegramClient(session, API_ID, API_HASH, { connection, baseLogger: new Logger('none'), retryDelay: 100 });
  // Broken connections are its own business: it comes back, or a wait ends in vain.
  client.onError = async () => {};
  await client.start({
    phoneNumber: async () => phone,
    phoneCode: async () => codeOf(phone),
    password: async () => 'sandbox',
    onError: (error) => {
      throw error;
    },
  });
  const inbox = new Inbox();
  client.addEventHandler((event) => inbox.put(event.message), new NewMessage({}));
  await client.catchUp();
  return { client, inbox };
}

async function leave(client) {
  await client.invoke(new Api.auth.LogOut());
  assert.equal(await client.checkAuthorization(), false);
}

async function chooseCustomer(client, sandbox) {
  const dialogs = await collect(client.iterDialogs({}));
  assert.equal(new Set(dialogs.map((one) => `${one.id}`)).size, dialogs.length, 'A dialog came twice.');
  const person = (await sandbox.people()).find((one) => one.username && dialogs.some((dialog) => Number(dialog.id) === one.id));
  const customer = await client.getEntity(person.username);
  assert.equal(Number(customer.id), person.id);
  return customer;
}

async function compareHistory(client, sandbox, userId) {
  const before = await trueHistory(sandbox, PLAIN, Number(userId));
  const seen = await collect(client.iterMessages(userId, {}));
  // What a customer writes meanwhile comes last, and may have been seen or not.
  const truth = await trueHistory(sandbox, PLAIN, Number(userId));
  assert.ok(seen.length >= before.length, 'Not all of the history came.');
  assert.deepEqual(seen.reverse().map((one) => ({ id: one.id, out: one.out, text: one.message, date: one.date })), truth.slice(0, seen.length));
}

async function missAndCatchUp(client, sandbox, inbox, customer) {
  await sandbox.fault('drop_connections');
  await sandbox.write(PLAIN, Number(customer.id), 'missed {n}', 3);
  await client.getMe();
  await client.catchUp();
  await sandbox.fault('new_salt');
  await client.getMe();
  await sandbox.write(PLAIN, Number(customer.id), 'live {n}', 2);
  for (const text of ['missed 1', 'missed 2', 'missed 3', 'live 1', 'live 2']) {
    await inbox.until(`"${text}"`, (one) => one.message === text);
  }
}

// A string of bytes as TL writes it: https://core.telegram.org/mtproto/serialize#base-types
function tlBytes(bytes) {
  const length = bytes.length < 254 ? [bytes.length] : [254, bytes.length & 0xff, (bytes.length >> 8) & 0xff, bytes.length >> 16];
  const padding = (4 - ((length.length + bytes.length) % 4)) % 4;
  return Buffer.concat([Buffer.from(length), bytes, Buffer.alloc(padding)]);
}

// It keeps the address of a data centre, and takes every server's port for 443.
class SandboxSession extends MemorySession {
  constructor(sandbox) {
    super();
    this.sandbox = sandbox;
  }

  setDC(dataCenter) {
    const { id, ipAddress, port } = this.sandbox.address(dataCenter);
    super.setDC(id, ipAddress, port);
  }
}
