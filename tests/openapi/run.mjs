// Takes the document from a running API, lints it, generates a client from it, compiles that strictly and signs in with it.
// Needs the API built (dotnet build src/Crm.Api) and `npm ci` here.
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Api } from './api.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DOCUMENT = join(HERE, 'obj/v1.json');
const MODULES = join(HERE, 'node_modules');

// No tool is to call home.
const ENVIRONMENT = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };

function node(script, ...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: HERE, env: ENVIRONMENT });
    let output = '';
    child.stdout.on('data', (bytes) => (output += bytes));
    child.stderr.on('data', (bytes) => (output += bytes));
    child.once('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(output))));
  });
}

async function lint() {
  const output = await node(join(MODULES, '@redocly/cli/bin/cli.js'), 'lint', DOCUMENT, '--config=lint.yaml');
  if (/\b[1-9]\d* warnings?\b/.test(output)) throw new Error(output);
}

async function compile() {
  await node(join(MODULES, 'openapi-typescript/bin/cli.js'), DOCUMENT, '-o', 'obj/schema.d.ts');
  await node(join(MODULES, 'typescript/bin/tsc'), '-p', 'tsconfig.json');
}

async function run(name, action) {
  const began = performance.now();
  await action();
  console.log(`${name}: ok (${Math.round(performance.now() - began)} ms)`);
}

let api;
try {
  await mkdir(join(HERE, 'obj'), { recursive: true });
  await run('start the API and its sandbox', async () => (api = await Api.start()));
  await run('fetch the document', async () => {
    const response = await fetch(`${api.url}/openapi/v1.json`);
    if (!response.ok) throw new Error(`${response.status}`);
    await writeFile(DOCUMENT, await response.text());
  });
  await Promise.all([
    run('lint the document', lint),
    run('generate and compile a client', compile).then(() =>
      run('sign in and send with the client', async () => console.log(await node('obj/build/client.js', api.url))),
    ),
  ]);
} catch (error) {
  console.error('openapi: FAILED\n', error, `\nThe API said:\n${api?.log ?? 'nothing'}`);
  process.exitCode = 1;
} finally {
  await api?.dispose();
}
