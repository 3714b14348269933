// Points two clients we did not write at the sandbox: a Telegram that serves only its own client proves nothing.
// Needs the sandbox built (dotnet build src/Telegram.Sandbox) and `npm ci` here.
import { trust } from './account.mjs';
import { converse, enterWithPassword } from './conversation.mjs';
import { migrate, recover } from './recovery.mjs';
import { Sandbox } from './sandbox.mjs';
import { converseAgain, enterAbroadAndWithPassword, secondWires, trustAsNumbers } from './second.mjs';
import { defaultWire, wires } from './wires.mjs';

const sandbox = await Sandbox.start();
let step = 'start';
let done = 0;

async function run(name, action) {
  step = name;
  const began = performance.now();
  await action();
  done++;
  console.log(`${name}: ok (${Math.round(performance.now() - began)} ms)`);
}

try {
  trust(sandbox);
  trustAsNumbers(sandbox);
  for (const makeWire of wires) {
    const { name } = makeWire();
    await run(`conversation over ${name}`, () => converse(sandbox, makeWire()));
    await run(`cloud password over ${name}`, () => enterWithPassword(sandbox, makeWire()));
  }
  await run('conversation with temporary keys (PFS)', () => converse(sandbox, defaultWire(), { usePfs: true }));
  await run('sign-in on another data centre', () => migrate(sandbox));
  await run('gaps, repeats, drops, new salts, a killed sandbox', () => recover(sandbox));
  for (const { name, connection } of secondWires) {
    await run(`a second client's conversation over ${name}`, () => converseAgain(sandbox, connection));
    await run(`its sign-in abroad and with a cloud password over ${name}`, () => enterAbroadAndWithPassword(sandbox, connection));
  }
  const { rejected } = await sandbox.stats();
  console.log(`interop: ${done} scenarios passed; messages refused since the last start: ${JSON.stringify(rejected)}`);
} catch (error) {
  console.error(`${step}: FAILED\n`, error, `\nThe sandbox said:\n${sandbox.log}`);
  process.exitCode = 1;
} finally {
  await sandbox.dispose();

  // A client that is done still has timers that would hold this process for minutes.
  process.exit();
}
