// The foreign client, signed in to the sandbox.
import { MemoryStorage, TelegramClient } from '@mtcute/node';
import { NodeCryptoProvider, addPublicKey } from '@mtcute/node/utils.js';
import { Inbox } from './inbox.mjs';

export const API_ID = 1;
const verbose = Number(process.env.INTEROP_LOG ?? 0);
export const API_HASH = '0123456789abcdef0123456789abcdef';

export function trust(sandbox) {
  addPublicKey(new NodeCryptoProvider(), sandbox.publicKey);
}

export function open(sandbox, wire, { dataCenter = 2, network } = {}) {
  const main = sandbox.address(dataCenter);
  const client = new TelegramClient({
    apiId: API_ID,
    apiHash: API_HASH,
    storage: new MemoryStorage(),
    transport: wire,
    defaultDcs: { main, media: main },
    network,
    logLevel: verbose,
    updates: { disableNoDispatch: true },
  });
  // Broken connections are its own business: it comes back, or a wait ends in vain.
  client.onError.add((error) => verbose && console.error(`  client: ${error}`));
  return client;
}

// The sandbox's codes are the digit of the phone's data centre, five times.
export const codeOf = (phone) => phone[5].repeat(5);

export async function signIn(client, phone, password) {
  const { phoneCodeHash } = await client.sendCode({ phone });
  const phoneCode = codeOf(phone);
  try {
    return await client.signIn({ phone, phoneCodeHash, phoneCode });
  } catch (error) {
    if (error.text !== 'SESSION_PASSWORD_NEEDED' || password === undefined) throw error;
    return await client.checkPassword(password);
  }
}

export async function listen(client) {
  const inbox = new Inbox();
  client.onNewMessage.add((message) => inbox.put({ kind: 'new', message }));
  client.onEditMessage.add((message) => inbox.put({ kind: 'edit', message }));
  client.onDeleteMessage.add((update) => inbox.put({ kind: 'delete', ids: update.messageIds }));
  await client.startUpdatesLoop();
  return inbox;
}

export async function collect(iterator) {
  const all = [];
  for await (const one of iterator) all.push(one);
  return all;
}
