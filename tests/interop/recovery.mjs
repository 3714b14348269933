// What goes wrong on the way, and how the client finds its way back.
import assert from 'node:assert/strict';
import { listen, open, signIn } from './account.mjs';
import { compareHistory, dialogsWithPeople } from './conversation.mjs';
import { defaultWire } from './wires.mjs';

const PHONE = '9996620001';
const ABROAD = ['9996610001', '9996630001'];

// The phone's home is another data centre than the one first asked.
export async function migrate(sandbox) {
  for (const phone of ABROAD) {
    const client = open(sandbox, defaultWire());
    try {
      const self = await signIn(client, phone);
      assert.equal(self.phoneNumber, phone);
      assert.equal(await client.getPrimaryDcId(), Number(phone[5]));
      const [dialog] = await dialogsWithPeople(client);
      await compareHistory(client, sandbox, phone, dialog.peer.id);
    } finally {
      await client.destroy();
    }
  }
}

export async function recover(sandbox) {
  const client = open(sandbox, defaultWire());
  try {
    await signIn(client, PHONE);
    const inbox = await listen(client);
    const [{ peer }] = await dialogsWithPeople(client);
    const listener = new Listener(sandbox, inbox, peer.id);

    await sandbox.fault('skip_update', { count: 2 });
    await listener.hear('gap', 4);
    await sandbox.fault('repeat_update', { count: 2 });
    await listener.hear('repeat', 3);
    await sandbox.fault('drop_connections');
    await listener.hear('drop', 3);
    await sandbox.fault('new_salt');
    await listener.hear('salt', 2);
    await compareHistory(client, sandbox, PHONE, peer.id);

    // Nobody tells this client of a session that a killed server has forgotten: it learns from the next update that it missed some.
    await sandbox.restart();
    const missed = listener.hear('restart', 3);
    await client.getMe();
    await listener.hear('afterwards', 1);
    await missed;
    await compareHistory(client, sandbox, PHONE, peer.id);
    listener.assertNothingTwice();
  } finally {
    await client.destroy();
  }
}

class Listener {
  #sent = 0;

  constructor(sandbox, inbox, personId) {
    this.sandbox = sandbox;
    this.inbox = inbox;
    this.personId = personId;
  }

  // A person writes, and every message arrives.
  async hear(topic, count) {
    await this.sandbox.write(PHONE, this.personId, `${topic} {n}`, count);
    this.#sent += count;
    for (let number = 1; number <= count; number++) {
      const text = `${topic} ${number}`;
      await this.inbox.until(`"${text}"`, (one) => one.kind === 'new' && one.message.text === text);
    }
  }

  assertNothingTwice() {
    const ids = this.inbox.all.filter((one) => one.kind === 'new').map((one) => one.message.id);
    assert.equal(new Set(ids).size, ids.length, 'A message was told twice.');
    assert.equal(ids.length, this.#sent);
  }
}
