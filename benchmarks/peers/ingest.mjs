// New messages of all accounts, each inserted when the client tells of it. Whoever started this counts the rows.
import { meetDialogs, opener, signIn } from './account.mjs';
import { Store } from './store.mjs';
import { go, ready } from './talk.mjs';

export async function runIngest({ control, phones, database }) {
  const open = await opener(control);
  const store = new Store(database);
  for (const phone of phones) {
    const client = open();
    await signIn(client, phone);
    await meetDialogs(client);
    client.onNewMessage.add((message) => store.add(phone, message));
    await client.startUpdatesLoop();
  }
  ready();
  await go();
  store.close();
}
