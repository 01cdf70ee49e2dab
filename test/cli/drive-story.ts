import type { PreparedRun } from '../../src/engine/check-plan.ts';
import { smallPlan, type Story } from '../core/projections/story.ts';
import { FakeSession, fakeEngine } from './fake-engine.ts';
import type { FakeTerminal } from './fake-terminal.ts';
import { invoke } from './invoke.ts';

/** `ashlar run` of a story that a test goes on to tell; resolves once the run is open. */
export async function drive(story: Story, terminal: FakeTerminal, options: readonly string[] = []) {
  const session = new FakeSession(story);
  const prepared = { plan: smallPlan(), contracts: [] } as unknown as PreparedRun;
  const engine = fakeEngine({
    checkPlan: async () => ({ ok: true, diagnostics: [], prepared, notes: [] }),
    startRun: (_prepared, given) => session.open(given),
  });
  const { code } = invoke(['run', 'tiny.plan.yaml', ...options], { terminal, engine });
  await Promise.race([session.opened, code]);
  return { session, story, code };
}
