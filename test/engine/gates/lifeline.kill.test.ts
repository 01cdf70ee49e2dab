import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { reapEffects } from '../../../src/engine/gates/effect-processes.ts';
import { effectId, makeTree, sandboxModes, type Tree } from './rig.ts';

const modes = await sandboxModes();
const source = (name: string): string =>
  JSON.stringify(fileURLToPath(new URL(`../../../src/engine/gates/${name}`, import.meta.url)));

/** An engine in a process of its own that runs one check for ever. */
async function startEngine(tree: Tree, sandbox: string, effect: string, command: string) {
  const engine = join(tree.folder, 'engine.mjs');
  await build({
    stdin: {
      contents: `
        import { RealCheckRunner } from ${source('check-runner.ts')};
        const sandbox = { network: false, read: [${JSON.stringify(tree.folder)}], env: [] };
        const check = { name: 'slow', run: ${JSON.stringify(command)}, report: 'exit', reportFile: '', between: [], timeoutMs: 600_000, sandbox };
        const request = { check, folder: ${JSON.stringify(join(tree.folder, 'tree'))}, testFiles: [], expected: null, effect: ${JSON.stringify(effect)}, sandbox: ${JSON.stringify(sandbox)}, provided: [], judged: null };
        await new RealCheckRunner().run(request, new AbortController().signal);`,
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    ...{
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      outfile: engine,
      logLevel: 'error',
    },
  });
  // What a killed engine cannot remove goes with the tree.
  const env = { ...process.env, TMPDIR: tree.folder };
  return spawn(process.execPath, [engine], { stdio: 'inherit', env });
}

it.skipIf(process.platform !== 'linux').each(modes)(
  'a check ends with an engine that is killed outright (sandbox: %s)',
  async (sandbox) => {
    await using tree = await makeTree({ 'tree/a': '' });
    const fifo = join(tree.folder, 'fifo');
    await once(spawn('/bin/sh', ['-c', 'mkfifo "$0"', fifo]), 'exit');
    const effect = effectId();
    // The pipe ends for its reader when the last process that holds it open has ended.
    const command = `exec 5>${fifo}; echo ready >&5; sleep 600`;
    const engine = await startEngine(tree, sandbox, effect, command);
    const reader = spawn('cat', [fifo]);
    try {
      // Where the engine ends by itself, there is nobody to wait for.
      engine.once('exit', (code) => (code === null ? undefined : reader.kill()));
      reader.stdout.once('data', () => engine.kill('SIGKILL'));
      expect(await text(reader.stdout)).toBe('ready\n');
    } finally {
      engine.kill('SIGKILL');
      reader.kill('SIGKILL');
    }
  },
);

it.skipIf(process.platform !== 'linux')(
  'what escaped into a session of its own is found by its effect after the crash',
  async () => {
    await using tree = await makeTree({ 'tree/a': '' });
    const effect = effectId();
    const pid = join(tree.folder, 'tree', 'pid');
    const watcher = watch(join(tree.folder, 'tree'));
    const command = `setsid sh -c 'echo $$ > ${pid}.draft; mv ${pid}.draft ${pid}; exec sleep 600' & sleep 600`;
    const engine = await startEngine(tree, 'off', effect, command);
    engine.once('exit', () => watcher.emit('change'));
    while (!existsSync(pid) && engine.exitCode === null) await once(watcher, 'change');
    watcher.close();
    engine.kill('SIGKILL');
    await once(engine, 'exit');
    expect(await reapEffects((id) => id.startsWith(effect))).toBeGreaterThan(0);
    expect(isAlive(Number(readFileSync(pid, 'utf8')))).toBe(false);
  },
);

function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z');
  } catch {
    return false;
  }
}
