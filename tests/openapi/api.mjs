// The API with its sandbox in a process of its own, on ports that were free.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PATIENCE = 60_000;
const PROGRAM = fileURLToPath(new URL('../../src/Crm.Api/bin/Debug/net10.0/Crm.Api.dll', import.meta.url));

export class Api {
  #process;
  #output = '';

  static async start() {
    const api = new Api();
    api.directory = await mkdtemp(join(tmpdir(), 'api-document-'));
    api.url = await api.#run();
    return api;
  }

  get log() {
    return this.#output;
  }

  async dispose() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = new Promise((resolve) => this.#process.once('exit', resolve));
      this.#process.kill('SIGKILL');
      await ended;
    }
    await rm(this.directory, { recursive: true, force: true });
  }

  #run() {
    const { ASPNETCORE_URLS: _, ...environment } = process.env;
    this.#process = spawn(
      'dotnet',
      [PROGRAM, '--urls', 'http://127.0.0.1:0', '--Sandbox:Port=0', '--Sandbox:ControlPort=0', `--Data:Directory=${this.directory}`],
      { cwd: this.directory, env: { ...environment, ASPNETCORE_ENVIRONMENT: 'Development' }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`The API has not started:\n${this.#output}`)), PATIENCE);
      const hear = (bytes) => {
        this.#output += bytes;
        const url = /listens on\s+(http:\S+)/.exec(this.#output)?.[1];
        if (url) {
          clearTimeout(late);
          resolve(url);
        }
      };
      this.#process.stdout.on('data', hear);
      this.#process.stderr.on('data', hear);
      this.#process.once('exit', () => reject(new Error(`The API ended:\n${this.#output}`)));
    });
  }
}
