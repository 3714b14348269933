// What people build of a client and a database from npm, beside which the CRM is measured. `Crm.Benchmarks` starts it:
//   node peer.mjs import --control URL --phones PHONE --dialogs ID,ID --database FILE [--pages] [--untuned] [--most N]
//   node peer.mjs ingest --control URL --phones PHONE,PHONE --database FILE
import { parseArgs } from 'node:util';
import { runImport } from './import.mjs';
import { runIngest } from './ingest.mjs';

const { positionals: [scenario], values } = parseArgs({
  allowPositionals: true,
  options: {
    control: { type: 'string' },
    phones: { type: 'string', default: '' },
    dialogs: { type: 'string', default: '' },
    database: { type: 'string' },
    pages: { type: 'boolean', default: false },
    untuned: { type: 'boolean', default: false },
    most: { type: 'string', default: 'Infinity' },
  },
});

await { import: runImport, ingest: runIngest }[scenario]({
  ...values,
  phones: values.phones.split(','),
  most: Number(values.most),
  dialogs: values.dialogs.split(',').map(Number),
});

// A client that is done still has timers that would hold this process for minutes.
process.exit();
