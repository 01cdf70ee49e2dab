import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runChild, type ChildEnd, type ChildRequest } from '../../../src/engine/gates/child.ts';
import { reapEffects } from '../../../src/engine/gates/effect-processes.ts';
import { effectId, makeTree, unaborted } from './rig.ts';

const linux = process.platform === 'linux';

async function run(
  command: ChildRequest['command'],
  more: Partial<ChildRequest> = {},
): Promise<ChildEnd> {
  return await runChild({
    ...{ command, cwd: '/', env: { PATH: process.env.PATH ?? '' }, timeoutMs: 60_000 },
    ...{ outputLimitBytes: 1000, effect: effectId(), signal: unaborted, confine: null },
    ...{ ownsCwd: false, input: null, onStdout: null, ...more },
  });
}

describe('a child', () => {
  it('ends with its exit code and its output', async () => {
    const end = await run('echo out; echo err >&2; exit 3');
    expect(end).toMatchObject({ exit: 3, timedOut: false, leftovers: false, startError: null });
    expect([end.stdout.head, end.stderr.head]).toEqual(['out\n', 'err\n']);
  });

  it('is a program with arguments that no shell reads', async () => {
    expect((await run(['echo', '$HOME', '*'])).stdout.head).toBe('$HOME *\n');
  });

  it.runIf(linux)('is not taken for what another child of the same effect has left', async () => {
    await using tree = await makeTree({ 'a/.keep': '', 'b/.keep': '' });
    const effect = effectId();
    const until = (file: string): string => `until [ -e ${tree.folder}/${file} ]; do :; done`;
    const older = run(until('first'), { effect, cwd: join(tree.folder, 'a'), ownsCwd: true });
    const younger = run(`touch ${tree.folder}/first; ${until('second')}`, {
      ...{ effect, cwd: join(tree.folder, 'b'), ownsCwd: true },
    });
    expect(await older).toMatchObject({ exit: 0, leftovers: false });
    writeFileSync(join(tree.folder, 'second'), '');
    expect(await younger).toMatchObject({ exit: 0, leftovers: false });
  });

  it('sees nothing but the environment that it is given', async () => {
    const end = await run(['env'], { env: { PATH: '/usr/bin:/bin', ONLY: 'this' }, effect: 'e:1' });
    const names = end.stdout.head.split('\n').map((line) => line.split('=')[0]);
    expect(
      names.filter((name) => !['', 'PWD', '_', 'SHLVL', 'OLDPWD'].includes(name ?? '')),
    ).toEqual(expect.arrayContaining(['PATH', 'ONLY', 'ASHLAR_EFFECT']));
    expect(names).not.toContain('HOME');
  });

  it('has nothing to read, and keeps neither of our descriptors', async () => {
    expect(
      await run('cat; (echo x >&3) 2>/dev/null || (read y <&4) 2>/dev/null || exit 7'),
    ).toMatchObject({ exit: 7 });
  });

  it('that cannot be started says why', async () => {
    const end = await run(['true'], { cwd: '/does/not/exist' });
    expect(end.exit).toBe(null);
    expect(end.startError).toContain('ENOENT');
    expect(await run(['no-such-program'])).toMatchObject({ exit: 127 });
  });

  it('that floods its output is heard to the end, and takes no memory for it', async () => {
    let seen = 0;
    const flood = "head -c 50000000 /dev/zero | tr '\\0' x; echo end";
    const end = await run(flood, { onStdout: (chunk) => (seen += chunk.length) });
    expect(seen).toBe(50_000_004);
    expect(end.stdout.droppedBytes).toBe(50_000_004 - 1000);
    expect(end.stdout.tail.endsWith('xxx' + 'end\n')).toBe(true);
  });

  it('is ended at its time limit, also when it will not listen', async () => {
    const end = await run('trap "" TERM; echo started; while :; do sleep 1; done', {
      timeoutMs: 300,
    });
    expect(end).toMatchObject({ timedOut: true, aborted: false, leftovers: false });
    expect(end.stdout.head).toBe('started\n');
  });

  it('may end itself in order at its time limit', async () => {
    const end = await run('trap "echo bye; exit 9" TERM; while :; do sleep 0.05; done', {
      timeoutMs: 300,
    });
    expect(end).toMatchObject({ timedOut: true, exit: 9 });
    expect(end.stdout.head).toBe('bye\n');
  });

  it('is ended when it is called off', async () => {
    const caller = new AbortController();
    const onStdout = (): void => caller.abort();
    const end = await run('echo ready; sleep 60', { signal: caller.signal, onStdout });
    expect(end).toMatchObject({ aborted: true, timedOut: false });
    expect(await run('true', { signal: caller.signal })).toMatchObject({
      aborted: true,
      exit: null,
    });
  });

  it('that cannot even be tried says so', async () => {
    const end = await run(['true', 'a\0b']);
    expect(end).toMatchObject({
      exit: null,
      startError: expect.stringContaining('null bytes') as unknown,
    });
  });

  it('ends with a signal as shells tell it', async () => {
    expect(await run('kill -9 $$')).toMatchObject({ exit: 137, leftovers: false });
  });
});

describe.skipIf(!linux)('what a child leaves behind is noticed and ended', () => {
  it.each([
    ['in its group', 'sleep 60 >/dev/null 2>&1 &'],
    ['holding its output', 'sleep 60 &'],
    ['in a session of its own', 'setsid sleep 60 >/dev/null 2>&1 & sleep 0.1'],
  ])('%s', async (_, command) => {
    const effect = effectId();
    expect(await run(command, { effect })).toMatchObject({ exit: 0, leftovers: true });
    expect(await reapEffects((id) => id.startsWith(effect))).toBe(0);
  });

  it('without a trace, but in the folder of the child', async () => {
    await using tree = await makeTree({});
    const command =
      'env -i setsid sh -c "echo \\$\\$ > pid; exec sleep 60" >/dev/null 2>&1 & while ! [ -s pid ]; do :; done';
    const end = await run(command, { cwd: tree.folder, ownsCwd: true });
    expect(end.leftovers).toBe(true);
    const pid = Number(readFileSync(join(tree.folder, 'pid'), 'utf8'));
    expect(alive(pid)).toBe(false);
  });

  it('but what is only about to end is let go', async () => {
    expect(await run('sleep 0.05 &')).toMatchObject({ exit: 0, leftovers: false });
  });
});

/** A zombie that nobody has reaped yet is dead. */
function alive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z');
  } catch {
    return false;
  }
}
