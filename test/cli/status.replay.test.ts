import { describe, expect, it } from 'vitest';
import { moduleId } from '../../src/core/ids.ts';
import { moduleState } from '../../src/core/lookup.ts';
import { Story } from '../core/projections/story.ts';
import { plan } from '../support/scenario-plan.ts';
import { engineWith } from './fake-engine.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { invoke } from './invoke.ts';

async function status(
  story: Story,
  line = 'status',
  driver: { pid: number; host: string } | null = null,
) {
  const terminal = new FakeTerminal();
  terminal.time = story.now + 65_000;
  const { code } = invoke(line, { terminal, engine: engineWith(story, driver).engine });
  expect(await code).toBe(0);
  expect(terminal.stderr).toBe('');
  return terminal.stdout;
}

const atWork = (): Story => {
  const story = new Story().go().after(60).submit('lexer').after(10).pass('lexer');
  return story.after(5).progress('vm', 'Calls and frames', 0.5);
};

/** vm asks lexer for two things at once. */
function handing(): Story {
  const story = new Story().go();
  const vm = moduleId('vm');
  const { life } = moduleState(story.state, vm);
  if (life.at !== 'generating') throw new Error(life.at);
  const wanted = { from: moduleId('lexer'), items: ['token kinds', 'error texts'] };
  return story.do({ type: 'record-request', order: life.order, module: vm, ...wanted });
}

describe('status', () => {
  it('tells a run at work', async () => {
    const text = await status(atWork(), 'status', { pid: 7, host: 'here' });
    await expect(text).toMatchFileSnapshot('golden/status-at-work.txt');
  });

  it('puts first what needs a person, with the exact commands', async () => {
    const text = await status(new Story().toApproval(), '--cwd . status');
    await expect(text).toMatchFileSnapshot('golden/status-needs-you.txt');
  });

  it('tells a run that is complete', async () => {
    const text = await status(new Story().toApproval().approve('ship').deliver());
    await expect(text).toMatchFileSnapshot('golden/status-complete.txt');
  });

  it('tells what is on its way between modules, and what goes on meanwhile', async () => {
    const story = handing();
    const text = await status(story, 'status', { pid: 7, host: 'here' });
    const pending = text.split('\n').findIndex((line) => line.startsWith('Handoff pending'));
    expect(text.split('\n').slice(pending, pending + 3)).toEqual([
      'Handoff pending: 1',
      '  → lexer to vm: token kinds, error texts · accepted, requested 1 min 5 s ago, in about 3 min',
      '      meanwhile vm has its own tests: tests/vm/**; its own checks: unit; what it owns: src/vm/**',
    ]);
    const { handoffs } = JSON.parse(await status(story, 'status --json')) as { handoffs: unknown };
    expect(handoffs).toMatchObject([
      { from: 'lexer', to: 'vm', state: 'accepted', planned: false, waitedMs: 0, latencyMs: null },
    ]);
  });

  it('has a shape for programs', async () => {
    const text = await status(new Story().toApproval(), 'status --json');
    await expect(text).toMatchFileSnapshot('golden/status.json');
    expect(JSON.parse(text)).toMatchObject({ phase: 'end-to-end', sealed: 3, handoffs: [] });
  });

  it('says which resource is waited for, and who holds it', async () => {
    const shared = { resources: { database: 1 } };
    const its = plan({
      ...shared,
      modules: { parser: { minutes: 60, ...shared }, vm: shared, lexer: {} },
      tiers: { front: { modules: ['lexer'], ...shared } },
    });
    const text = await status(new Story(its).go().seal('lexer'));
    expect(text).toMatch(/vm +Ready · waits for database, held by parser/);
    expect(text).toMatch(/front +Ready · waits for database, held by parser/);
    expect(text).toContain('builders 1 of 4, 1 waits: ');
  });

  it('prints nothing that a terminal would obey', async () => {
    const story = new Story().go().progress('vm', 'a\u001b[2Jb\u0007\nc', 0.5);
    expect(await status(story)).toContain('ab c');
    expect(await status(story)).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});
