/**
 * The program under test: `linli demo` with a data folder of its own, on a port that it chooses itself.
 *
 * The contract with the program: as soon as it serves, it prints the line `listening on http://ADDRESS`, and
 * `/health/ready` answers 200 when pages can be asked for. SIGTERM stops it.
 */

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A development build fills the demo slowly, and the machine may be busy with other builds. */
const START_LIMIT_MS = 240_000;
const STOP_LIMIT_MS = 15_000;
const PROGRAM = process.env.LINLI_PROGRAM ?? fileURLToPath(new URL('../target/debug/linli', import.meta.url));

/**
 * Starts the program and waits until it is ready.
 *
 * @returns {Promise<{ origin: string, stop: () => Promise<void> }>} where it serves, and how to stop it and delete its data
 */
export async function startProgram() {
  const folder = await mkdtemp(join(tmpdir(), 'linli-e2e-'));
  const linli = spawn(PROGRAM, ['demo', '--data', folder, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => {
    linli.once('error', (error) => resolve(`could not be started: ${error.message}`));
    linli.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  /** @type {string[]} What it said lately, for the one who looks for the reason. */
  const said = [];
  /** @type {Promise<string>} */
  const toldOrigin = new Promise((resolve) => {
    for (const input of [linli.stdout, linli.stderr]) {
      createInterface({ input }).on('line', (line) => {
        if (said.push(line) > 50) said.shift();
        const address = /^listening on (http:\/\/\S+)$/.exec(line)?.[1];
        if (address) resolve(new URL(address).origin);
      });
    }
  });

  const stop = async () => {
    if (linli.exitCode === null && linli.signalCode === null && linli.pid !== undefined) {
      linli.kill('SIGTERM');
      const inTime = await Promise.race([ended, pause(STOP_LIMIT_MS, null, { ref: false })]);
      if (inTime === null) linli.kill('SIGKILL');
    }
    await rm(folder, { recursive: true, force: true });
  };

  const began = Date.now();
  const ready = async () => {
    const origin = await toldOrigin;
    while (!(await isReady(origin))) await pause(100);
    return origin;
  };
  const outcome = await Promise.race([
    ready().then((origin) => ({ origin })),
    ended.then((how) => ({ trouble: `the program ${how}` })),
    pause(START_LIMIT_MS, { trouble: `the program was not ready after ${START_LIMIT_MS / 1000} s` }, { ref: false }),
  ]);
  if ('trouble' in outcome) {
    await stop();
    throw new Error(`${outcome.trouble}\n${said.join('\n')}`);
  }
  console.log(`linli demo serves ${outcome.origin} after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return { origin: outcome.origin, stop };
}

/** @param {string} origin */
async function isReady(origin) {
  const answer = await fetch(`${origin}/health/ready`).catch(() => null);
  return answer?.ok ?? false;
}
