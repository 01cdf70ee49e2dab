import { describe, expect, it } from 'vitest';
import { resourceId } from '../../../src/core/ids.ts';
import type {
  CheckRequest,
  CheckRun,
  CheckRunner,
} from '../../../src/engine/gates/check-request.ts';
import { TurnTakingRunner } from '../../../src/engine/gates/turn-taking-runner.ts';
import { settled } from '../../support/virtual-clock.ts';
import { checkPlan, checkRequest, finished, unaborted } from './rig.ts';

type Units = Readonly<Record<string, number>>;

const usesOf = (units: Units) =>
  Object.entries(units).map(([id, amount]) => ({ resource: resourceId(id), amount }));

/** Checks that are at work until the test ends them, by name. */
class HeldChecks implements CheckRunner {
  readonly #atWork = new Map<string, { end: () => void; fail: (error: Error) => void }>();

  get names(): string[] {
    return [...this.#atWork.keys()];
  }

  run({ check }: CheckRequest): Promise<CheckRun> {
    return new Promise((resolve, reject) => {
      const end = (): void => resolve(finished({ check: check.name }));
      this.#atWork.set(check.name, { end, fail: reject });
    });
  }

  async end(name: string): Promise<void> {
    this.#atWork.get(name)!.end();
    this.#atWork.delete(name);
    await settled();
  }

  async fail(name: string): Promise<void> {
    this.#atWork.get(name)!.fail(new Error(`${name} broke`));
    this.#atWork.delete(name);
    await settled();
  }
}

function room(capacities: Units) {
  const held = new HeldChecks();
  const resources = Object.entries(capacities).map(([id, capacity]) => ({
    id: resourceId(id),
    capacity,
  }));
  const runner = new TurnTakingRunner(held, resources);
  const begin = (name: string, units: Units, signal = unaborted): Promise<CheckRun> =>
    runner.run(
      checkRequest('/none', checkPlan('true', { name, resources: usesOf(units) })),
      signal,
    );
  return { held, begin };
}

describe('checks', () => {
  it('that share a resource run one after the other, the others side by side', async () => {
    const { held, begin } = room({ database: 1 });
    const runs = [
      begin('first', { database: 1 }),
      begin('second', { database: 1 }),
      begin('free', {}),
    ];
    await settled();
    expect(held.names).toEqual(['free', 'first']);
    await held.end('free');
    await held.end('first');
    expect(held.names).toEqual(['second']);
    await held.end('second');
    expect((await Promise.all(runs)).map(({ check }) => check)).toEqual([
      'first',
      'second',
      'free',
    ]);
  });

  it('run side by side as far as there is enough of it', async () => {
    const { held, begin } = room({ memory: 4 });
    for (const [name, memory] of Object.entries({ a: 2, b: 3, c: 1, d: 1, e: 1 })) {
      void begin(name, { memory });
    }
    await settled();
    expect(held.names).toEqual(['a', 'c', 'd']);
    await held.end('a');
    expect(held.names).toEqual(['c', 'd', 'e']);
    await held.end('c');
    await held.end('d');
    expect(held.names).toEqual(['e', 'b']);
  });

  it('take all they use at once, and hold nothing while they wait', async () => {
    const { held, begin } = room({ left: 1, right: 1 });
    void begin('left', { left: 1 });
    void begin('both', { left: 1, right: 1 });
    void begin('right', { right: 1 });
    await settled();
    expect(held.names).toEqual(['left', 'right']);
    await held.end('left');
    await held.end('right');
    expect(held.names).toEqual(['both']);
  });

  it('that use more than there is use all there is', async () => {
    const { held, begin } = room({ memory: 2 });
    void begin('huge', { memory: 9 });
    void begin('small', { memory: 1 });
    await settled();
    expect(held.names).toEqual(['huge']);
    await held.end('huge');
    expect(held.names).toEqual(['small']);
  });

  it('give back what they used when they break', async () => {
    const { held, begin } = room({ database: 1 });
    const broken = expect(begin('first', { database: 1 })).rejects.toThrow('first broke');
    void begin('second', { database: 1 });
    await settled();
    await held.fail('first');
    await broken;
    expect(held.names).toEqual(['second']);
  });

  it('that are called off while they wait never begin, and keep nobody waiting', async () => {
    const { held, begin } = room({ database: 1 });
    const calledOff = new AbortController();
    void begin('first', { database: 1 });
    const second = begin('second', { database: 1 }, calledOff.signal);
    const gone = expect(second).rejects.toThrow('enough');
    void begin('third', { database: 1 });
    await settled();
    calledOff.abort(new Error('enough'));
    await gone;
    await expect(begin('fourth', { database: 1 }, calledOff.signal)).rejects.toThrow('enough');
    await held.end('first');
    expect(held.names).toEqual(['third']);
  });
});
