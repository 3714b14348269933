// The foreign client, signed in to the sandbox.
import { MemoryStorage, TelegramClient } from '@mtcute/node';
import { NodeCryptoProvider, addPublicKey } from '@mtcute/node/utils.js';

const API_ID = 1;
const API_HASH = 'a'.repeat(32);
const DATA_CENTER = 2;

// Its session stays in memory: nothing but messages is written while it is measured.
export async function opener(control) {
  const config = await (await fetch(new URL('config', control))).json();
  addPublicKey(new NodeCryptoProvider(), await (await fetch(new URL('public-key', control))).text());
  const { id, address: ipAddress, port } = config.data_centers.find((one) => one.id === DATA_CENTER);
  const main = { id, ipAddress, port };
  return () => new TelegramClient({
    apiId: API_ID,
    apiHash: API_HASH,
    storage: new MemoryStorage(),
    defaultDcs: { main, media: main },
    logLevel: 0,
  });
}

// The sandbox's codes are the digit of the phone's data centre, five times.
export async function signIn(client, phone) {
  const { phoneCodeHash } = await client.sendCode({ phone });
  try {
    await client.signIn({ phone, phoneCodeHash, phoneCode: phone[5].repeat(5) });
  } catch (error) {
    if (error.text !== 'SESSION_PASSWORD_NEEDED') throw error;
    await client.checkPassword('sandbox');
  }
}

// Whom it talks with: until then it knows no access hash to ask for a history with.
export async function meetDialogs(client) {
  for await (const dialog of client.iterDialogs()) void dialog;
}
