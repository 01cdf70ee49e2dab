import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../src/core/plan/plan.ts';
import { setUpEnvironment, type SetUp } from '../../../src/engine/gates/environment.ts';
import { effectId, makeTree, sandboxModes, unaborted, type Tree } from './rig.ts';

const modes = await sandboxModes();

const plan = (setup: string, more: Partial<Environment> = {}): Environment => ({
  ...{ setup, inputs: ['package.json'], provides: ['node_modules'], network: false, ...more },
});

async function setUp(
  base: Tree,
  cache: Tree,
  environment: Environment,
  more: {
    sandbox?: 'off' | 'require' | 'prefer';
    timeoutMs?: number;
    onProgress?: (line: string) => void;
  } = {},
): Promise<SetUp> {
  return await setUpEnvironment(
    {
      ...{ environment, folder: base.folder, cacheFolder: join(cache.folder, 'environments') },
      ...{
        effect: effectId(),
        sandbox: 'off',
        timeoutMs: 60_000,
        onProgress: () => undefined,
        ...more,
      },
    },
    unaborted,
  );
}

const install = 'mkdir node_modules && cp package.json node_modules/copy && echo done';

describe.each(modes)('set-up, sandbox: %s', (sandbox) => {
  it('runs once for the same inputs, beside them alone', async () => {
    await using base = await makeTree({ 'package.json': '1', 'other.txt': 'x' });
    await using cache = await makeTree({});
    const told: string[] = [];
    const options = { sandbox, onProgress: (line: string) => void told.push(line) };
    const environment = plan(`ls; ${install}`);
    const first = await setUp(base, cache, environment, options);
    if (!first.ok) throw new Error(first.message);
    expect(first.reused).toBe(false);
    expect(told).toEqual(['package.json', 'done']);
    expect(await readFile(join(first.provided[0]?.source ?? '', 'copy'), 'utf8')).toBe('1');
    expect(await setUp(base, cache, environment, options)).toEqual({ ...first, reused: true });
    expect(told.length).toBe(2);
  });
});

describe('set-up', () => {
  it('runs again for other inputs and for another command', async () => {
    await using one = await makeTree({ 'package.json': '1' });
    await using two = await makeTree({ 'package.json': '2' });
    await using cache = await makeTree({});
    const digests = [
      await setUp(one, cache, plan(install)),
      await setUp(two, cache, plan(install)),
      await setUp(one, cache, plan(`${install} again`)),
    ].map((end) => end.ok && end.digest);
    expect(new Set(digests).size).toBe(3);
  });

  it('done twice at the same time is done', async () => {
    await using base = await makeTree({ 'package.json': '1' });
    await using cache = await makeTree({});
    const both = await Promise.all([1, 2].map(() => setUp(base, cache, plan(install))));
    expect(both.every(({ ok }) => ok)).toBe(true);
    expect((await readdir(join(cache.folder, 'environments'))).length).toBe(1);
  });

  it.each([
    [
      'setup-failed',
      plan('echo no network >&2; exit 3'),
      'ended with exit code 3',
      'stderr:\nno network',
    ],
    ['setup-timed-out', plan('exec sleep 60'), 'ran longer than 0.3 s', expect.anything()],
    ['not-provided', plan('true'), 'left no node_modules', '(nothing was printed)'],
    ['input-missing', plan('true', { inputs: ['gone.json'] }), 'gone.json', ''],
  ])('that ends in %s says why, and leaves nothing', async (code, environment, why, output) => {
    await using base = await makeTree({ 'package.json': '1' });
    await using cache = await makeTree({});
    const timeoutMs = code === 'setup-timed-out' ? 300 : 60_000;
    const end = await setUp(base, cache, environment, { timeoutMs });
    if (end.ok) throw new Error('it ended well');
    expect([end.code, end.output]).toEqual([code, output]);
    expect(end.message).toContain(why);
    const left = await readdir(join(cache.folder, 'environments')).catch(() => []);
    expect(left).toEqual([]);
  });
});
