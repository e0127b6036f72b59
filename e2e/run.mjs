/**
 * `npm test`: starts the program once, sends all journeys through it, stops it.
 *
 * One file or several can be named: `npm test -- journeys/report-a-matter.test.mjs`.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { startProgram } from './program.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
process.chdir(here);

const named = process.argv.slice(2);
const all = (await readdir('journeys')).filter((name) => name.endsWith('.test.mjs')).map((name) => `journeys/${name}`);
await rm('out', { recursive: true, force: true });

const program = await startProgram();
let code = 1;
try {
  const tests = spawn(
    process.execPath,
    // One file at a time: a browser, the program and its database already keep two cores busy.
    ['--test', '--test-reporter=spec', '--test-concurrency=1', ...(named.length > 0 ? named : all.sort())],
    { stdio: 'inherit', env: { ...process.env, LINLI_ORIGIN: program.origin } },
  );
  // Whoever stops us means the journeys; the program is then stopped as after any run.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => tests.kill(signal));
  [code] = await once(tests, 'exit');
} finally {
  await program.stop();
}
process.exitCode = code ?? 1;
