import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resourceId, treeId, type Digest } from '../../../src/core/ids.ts';
import type { CheckPlan } from '../../../src/core/plan/plan.ts';
import { GateCache } from '../../../src/engine/gates/cache.ts';
import { CachedCheckRunner } from '../../../src/engine/gates/cached-check-runner.ts';
import type {
  CheckRequest,
  CheckRun,
  CheckRunner,
} from '../../../src/engine/gates/check-request.ts';
import { checkPlan, checkRequest, finished, listed, makeTree, unaborted } from './rig.ts';

const tree = treeId('a'.repeat(40));
const judged = { tree, environment: null };
const request = (check: Partial<CheckPlan> = {}, more: Partial<CheckRequest> = {}) =>
  checkRequest('/none', checkPlan('true', check), { judged, ...more });

/** A runner whose runs end when the test says so. */
class HeldRunner implements CheckRunner {
  readonly #waiting: ((run: CheckRun) => void)[] = [];
  #started = 0;

  get started(): number {
    return this.#started;
  }

  run(_: CheckRequest, signal: AbortSignal): Promise<CheckRun> {
    this.#started += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  }

  end(run: CheckRun): void {
    for (const resolve of this.#waiting.splice(0)) resolve(run);
  }
}

/** Answers with one run after another, and counts how often it was asked. */
class CountingRunner implements CheckRunner {
  readonly #runs: CheckRun[];
  #asked = 0;

  constructor(...runs: CheckRun[]) {
    this.#runs = runs;
  }

  get asked(): number {
    return this.#asked;
  }

  async run(): Promise<CheckRun> {
    this.#asked += 1;
    return this.#runs[Math.min(this.#asked, this.#runs.length) - 1] ?? finished();
  }
}

const detect = async () => ({ kind: 'none', reason: '', install: '' }) as const;

describe('a result is', () => {
  it('kept by what was judged, also for the next process', async () => {
    await using folder = await makeTree({});
    const runner = new CountingRunner(finished({ outcome: 'failed', failed: 3 }));
    for (const cached of [false, true]) {
      const cache = new GateCache(folder.folder);
      const through = new CachedCheckRunner({ runner, cache, detect });
      expect(await through.run(request(), unaborted)).toMatchObject({
        outcome: 'failed',
        failed: 3,
        cached,
      });
    }
    expect(runner.asked).toBe(1);
  });

  it.each([
    ['another tree', request({}, { judged: { tree: treeId('b'.repeat(40)), environment: null } })],
    [
      'another environment',
      request({}, { judged: { tree, environment: 'c'.repeat(64) as Digest } }),
    ],
    ['another command', request({ run: 'false' })],
    ['another report', request({ report: 'tap' })],
    ['another list', request({}, { expected: listed('', '1 a') })],
    ['other canaries', request({}, { testFiles: ['a'] })],
    [
      'another variable let through',
      request({ sandbox: { network: false, read: [], env: ['X'] } }),
    ],
  ])('not taken for %s', async (_, other) => {
    await using folder = await makeTree({});
    const runner = new CountingRunner();
    const through = new CachedCheckRunner({ runner, cache: new GateCache(folder.folder), detect });
    await through.run(request(), unaborted);
    await through.run(other, unaborted);
    expect(runner.asked).toBe(2);
  });

  it.each([
    ['a time-out', request(), finished({ outcome: 'timed-out' })],
    ['a refusal', request(), finished({ outcome: 'failed', ran: false })],
    [
      'a check with network',
      request({ sandbox: { network: true, read: [], env: [] } }),
      finished(),
    ],
    [
      'a check that reads elsewhere',
      request({ sandbox: { network: false, read: ['/x'], env: [] } }),
      finished(),
    ],
    [
      'a check that uses a resource',
      request({ resources: [{ resource: resourceId('database'), amount: 1 }] }),
      finished(),
    ],
    [
      'a check whose gate holds a resource',
      request({}, { judged: { ...judged, withResources: true } }),
      finished(),
    ],
    ['what has no tree', request({}, { judged: null }), finished()],
  ])('not kept of %s', async (_, asked, run) => {
    await using folder = await makeTree({});
    const runner = new CountingRunner(run);
    const through = new CachedCheckRunner({ runner, cache: new GateCache(folder.folder), detect });
    await through.run(asked, unaborted);
    expect(await through.lookUp(asked)).toBe(null);
    expect(await through.run(asked, unaborted)).toMatchObject({ cached: false });
    expect(runner.asked).toBe(2);
  });

  it('unstable from then on where the same has given another outcome', async () => {
    await using folder = await makeTree({});
    const runner = new CountingRunner(finished(), finished({ outcome: 'failed' }));
    const through = new CachedCheckRunner({ runner, cache: new GateCache(folder.folder), detect });
    expect(await through.run(request(), unaborted)).toMatchObject({ outcome: 'passed' });
    const again = request({}, { judged: { ...judged, again: true } });
    const second = await through.run(again, unaborted);
    expect(second.outcome).toBe('unstable');
    expect(second.evidence[0]?.says).toBe(
      'the same tree under the same conditions has both passed and failed',
    );
    expect(await through.run(request(), unaborted)).toMatchObject({
      outcome: 'unstable',
      cached: true,
    });
    expect(runner.asked).toBe(2);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -9)],
    ['edited', (text: string) => text.replace('"failed"', '"passed"')],
    ['empty', () => ''],
    ['something else', () => 'null'],
  ])('not taken from an entry that is %s', async (_, damage) => {
    await using folder = await makeTree({});
    const runner = new CountingRunner(finished({ outcome: 'failed' }));
    const through = new CachedCheckRunner({ runner, cache: new GateCache(folder.folder), detect });
    await through.run(request(), unaborted);
    const [file = ''] = (await readdir(folder.folder, { recursive: true })).filter((name) =>
      name.endsWith('.json'),
    );
    const path = join(folder.folder, file);
    await writeFile(path, damage(await readFile(path, 'utf8')));
    expect(await through.run(request(), unaborted)).toMatchObject({
      outcome: 'failed',
      cached: false,
    });
  });

  it('not lost where the cache cannot be written', async () => {
    await using folder = await makeTree({ file: '' });
    const cache = new GateCache(join(folder.folder, 'file', 'below'));
    const through = new CachedCheckRunner({ runner: new CountingRunner(), cache, detect });
    expect(await through.run(request(), unaborted)).toMatchObject({ outcome: 'passed' });
  });
});

describe('who asks for the same at the same time', () => {
  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  }

  it('shares one run', async () => {
    await using folder = await makeTree({});
    const runner = new HeldRunner();
    const through = new CachedCheckRunner({ runner, cache: new GateCache(folder.folder), detect });
    const all = Promise.all([1, 2, 3].map(() => through.run(request(), unaborted)));
    await until(() => runner.started > 0);
    runner.end(finished({ passed: 5 }));
    expect((await all).map(({ passed }) => passed)).toEqual([5, 5, 5]);
    expect(runner.started).toBe(1);
  });

  it('runs it anew when the first is called off, and may leave without disturbing it', async () => {
    await using folder = await makeTree({});
    const runner = new HeldRunner();
    const through = new CachedCheckRunner({ runner, cache: new GateCache(folder.folder), detect });
    const [leader, leaver] = [new AbortController(), new AbortController()];
    const led = through.run(request(), leader.signal);
    await until(() => runner.started === 1);
    const left = through.run(request(), leaver.signal);
    const stayed = through.run(request(), unaborted);
    leaver.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    leader.abort(new Error('off'));
    await expect(led).rejects.toThrow('off');
    await until(() => runner.started === 2);
    runner.end(finished());
    expect(await stayed).toMatchObject({ outcome: 'passed' });
  });
});
