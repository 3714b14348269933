// A sandbox in a process of its own, and its control port.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DATA_CENTERS = 3;
const START_TRIES = 5;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = join(ROOT, 'src/Telegram.Sandbox/bin/Debug/net10.0/Telegram.Sandbox.dll');

export class Sandbox {
  #process;
  #output = '';
  #ports;

  constructor(directory) {
    this.directory = directory;
  }

  static async start() {
    const sandbox = new Sandbox(await mkdtemp(join(tmpdir(), 'sandbox-interop-')));
    for (let attempt = 1; ; attempt++) {
      sandbox.#ports = await freePorts();
      try {
        await sandbox.#run();
        return sandbox;
      } catch (error) {
        // Between the search for free ports and their use, somebody else may have taken one.
        if (attempt === START_TRIES) throw error;
      }
    }
  }

  // Killed without warning and started again over the same data and ports.
  async restart() {
    await this.#kill();
    await this.#run();
  }

  async dispose() {
    await this.#kill();
    await rm(this.directory, { recursive: true, force: true });
  }

  get log() {
    return this.#output;
  }

  address(dataCenter) {
    const found = this.config.data_centers.find((one) => one.id === dataCenter);
    return { id: found.id, ipAddress: found.address, port: found.port };
  }

  people = () => this.#ask('GET', 'people');
  stats = () => this.#ask('GET', 'stats');
  truth = (phone, userId) => this.#ask('GET', `messages?phone=${phone}&user_id=${userId}`);
  write = (toPhone, fromId, text, count = 1) =>
    this.#ask('POST', 'messages', { to_phone: toPhone, from_id: fromId, text, count, per_second: 0 });
  fault = (kind, values = {}) => this.#ask('POST', 'faults', { kind, ...values });

  async #ask(method, path, body) {
    const answer = await fetch(new URL(path, this.controlUrl), {
      method,
      headers: body && { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return await answer.json();
  }

  async #run() {
    const { base, control } = this.#ports;
    const settings = {
      'Data:Directory': this.directory,
      'Sandbox:Port': base,
      'Sandbox:ControlPort': control,
      'Sandbox:ReplyDelay': '00:00:00.05',
      'Sandbox:ReplyDelayMax': '00:00:00.25',
    };
    const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, `${value}`]);
    this.#process = spawn('dotnet', [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    await this.#whenUp(this.#process);
    this.controlUrl = `http://127.0.0.1:${control}/`;
    this.config = await this.#ask('GET', 'config');
    this.publicKey = await (await fetch(new URL('public-key', this.controlUrl))).text();
  }

  #whenUp(process) {
    return new Promise((resolve, reject) => {
      const hear = (data) => {
        this.#output += data;
        if (this.#output.slice(-8192).includes('api_id')) resolve();
      };
      this.#output = '';
      process.stdout.on('data', hear);
      process.stderr.on('data', hear);
      process.once('error', reject);
      process.once('exit', (code) => reject(new Error(`The sandbox ended with ${code}:\n${this.#output}`)));
    });
  }

  async #kill() {
    if (this.#process?.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }
}

// Three ports in a row, which the data centres take, and one for the control port.
async function freePorts() {
  for (;;) {
    const held = [await listen(0)];
    try {
      const base = held[0].address().port;
      for (let next = 1; next <= DATA_CENTERS; next++) held.push(await listen(base + next));
      return { base, control: base + DATA_CENTERS };
    } catch (error) {
      if (error.code !== 'EADDRINUSE' && error.code !== 'ERR_SOCKET_BAD_PORT') throw error;
    } finally {
      await Promise.all(held.map((one) => new Promise((resolve) => one.close(resolve))));
    }
  }
}

function listen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
