import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/cli/engine.ts';
import type { PreparedRun } from '../../src/engine/check-plan.ts';
import { smallPlan, Story } from '../core/projections/story.ts';
import { engineWith, FakeSession, run } from './fake-engine.ts';
import { Served } from './served.ts';

const prepared = { plan: smallPlan(), contracts: [] } as unknown as PreparedRun;
const fit = { ok: true, diagnostics: [], prepared, notes: [] } as const;

/** Something that comes about when the test says so. */
function moment() {
  let come = (): void => undefined;
  const came = new Promise<void>((resolve) => (come = resolve));
  return { come, came };
}

describe('a caller that gives up', () => {
  it('has no run begun, though its plan was just found fit', async () => {
    const session = new FakeSession(new Story().go());
    const checking = moment();
    const engine: Engine = {
      ...engineWith(new Story().go()).engine,
      checkPlan: ({ signal }) =>
        new Promise((resolve) => {
          signal?.addEventListener('abort', () => resolve(fit));
          checking.come();
        }),
      startRun: (_prepared, options) => session.open(options),
    };
    const served = new Served(engine);
    const client = await served.client();
    const giving = new AbortController();
    const given = { name: 'run', arguments: { plan: 'a.plan.yaml' } };
    const calling = client.callTool(given, undefined, { signal: giving.signal });
    await checking.came;
    giving.abort('enough');
    await expect(calling).rejects.toThrow('enough');
    await served[Symbol.asyncDispose]();
    expect(session.options).toBeNull();
  });

  it.each([
    ['run', { plan: 'a.plan.yaml' }],
    ['resume', { run }],
  ])('of %s has it stopped that begins just then', async (name, input) => {
    const session = new FakeSession(new Story().go());
    const [opening, going] = [moment(), moment()];
    const open: FakeSession['open'] = async (options) => {
      opening.come();
      await going.came;
      return session.open(options);
    };
    await using served = new Served({
      ...engineWith(new Story().go()).engine,
      checkPlan: async () => fit,
      startRun: (_prepared, options) => open(options),
      resumeRun: (_workspace, _run, options) => open(options),
    });
    const client = await served.client();
    const giving = new AbortController();
    const calling = client.callTool({ name, arguments: input }, undefined, {
      signal: giving.signal,
    });
    await opening.came;
    giving.abort('enough');
    await expect(calling).rejects.toThrow('enough');
    going.come();
    await expect.poll(() => session.stopped).toBe(true);
    expect(served.terminal.stderr).toContain(`run ${run} was stopped`);
  });
});
