// Histories through the client's own iteration, a message at a time, into the store.
import { meetDialogs, opener, signIn } from './account.mjs';
import { Store } from './store.mjs';
import { go, ready, tell } from './talk.mjs';

// What Telegram gives at most, and the client asks for.
const PAGE = 100;

export async function runImport({ control, phones: [phone], dialogs, database, pages, untuned, most }) {
  const client = (await opener(control))();
  await signIn(client, phone);
  await meetDialogs(client);
  const store = new Store(database, { untuned });
  // It begins when it is told to, and ends when it has been looked at.
  ready();
  await go();
  const began = performance.now();
  const counts = await Promise.all(dialogs.map((dialog) => load(client, phone, dialog, store, { pages, most: most / dialogs.length })));
  tell({ messages: counts.reduce((sum, one) => sum + one, 0), seconds: (performance.now() - began) / 1000 });
  await go();
  store.close();
}

async function load(client, phone, dialog, store, { pages, most }) {
  let count = 0;
  let page = [];
  for await (const message of client.iterHistory(dialog, { chunkSize: PAGE })) {
    count++;
    if (!pages) {
      store.add(phone, message);
    } else if (page.push(message) === PAGE) {
      store.addAll(phone, page);
      page = [];
    }
    if (count >= most) break;
  }
  store.addAll(phone, page);
  return count;
}
