import { describe, expect, it } from 'vitest';
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
