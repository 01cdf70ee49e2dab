import { describe, expect, it } from 'vitest';
import { frame } from '../../src/cli/progress/frame.ts';
import { textWidth } from '../../src/cli/progress/text-width.ts';
import { runStatus } from '../../src/core/projections/run-status.ts';
import { Story } from '../core/projections/story.ts';
import { drive } from './drive-story.ts';
import { FakeTerminal } from './fake-terminal.ts';

const atWork = (): Story => {
  const story = new Story().go().after(60).submit('lexer').after(10).pass('lexer');
  return story.after(5).progress('vm', 'Calls and frames', 0.5);
};

function picture(story: Story, columns: number, rows: number, colour = false): string[] {
  return frame(runStatus(story.replayed, story.now), {
    ...{ columns, rows, colour, program: 'ashlar', budgetMicroUsd: 20_000_000 },
    ...{ at: story.now, latest: 'lexer: sealed 555555555555' },
  });
}

describe('the live region', () => {
  it.each([
    ['wide', 100, 30],
    ['narrow', 40, 30],
    ['low', 80, 8],
  ])('fits a %s terminal', async (name, columns, rows) => {
    const lines = picture(atWork(), columns, rows);
    for (const line of lines) expect(textWidth(line)).toBeLessThan(columns);
    expect(lines.length).toBeLessThan(rows);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`golden/frame-${name}.txt`);
  });

  it('shows what needs a person, with a command that can be copied', async () => {
    const lines = picture(new Story().toApproval(), 80, 30);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/frame-needs-you.txt');
  });

  it('tells states by shape and word where there is no colour', () => {
    expect(picture(atWork(), 80, 30).join('\n')).not.toContain('\u001b');
    expect(picture(atWork(), 80, 30, true).join('\n')).toContain('\u001b[32m');
  });

  it('is drawn over at most ten times a second, and leaves the cursor as it was', async () => {
    const terminal = new FakeTerminal({ isTty: true });
    const { session, story, code } = await drive(new Story(), terminal);
    const drawings = (): number => terminal.stdout.split('\u001b[J').length - 1;
    story.go().progress('vm', 'one', 0.1).progress('vm', 'two', 0.2);
    session.tell();
    expect(drawings()).toBe(0);
    terminal.tick();
    expect(drawings()).toBe(1);
    terminal.tick();
    expect(drawings()).toBe(1);
    session.end();
    await code;
    expect(terminal.stdout).toMatch(/^\u001b\[\?25l/);
    expect(terminal.stdout).toContain('\u001b[?25h');
  });
});

describe('without a terminal', () => {
  it('there is a line for each thing that happened', async () => {
    const terminal = new FakeTerminal();
    const { session, story, code } = await drive(new Story(), terminal);
    story.go().after(60).submit('lexer', 'Done.\nAll of it.').after(10);
    session.tell();
    story.fail('lexer', 'expected 1\nto be 2').after(20).submit('lexer').after(5).pass('lexer');
    session.tell();
    story
      .seal('parser', 'vm')
      .after(5)
      .passTier('core')
      .after(5)
      .passGate('accept')
      .subject('ship');
    session.end();
    expect(await code).toBe(3);
    await expect(terminal.stdout).toMatchFileSnapshot('golden/lines.txt');
  });

  it('with --json there is one event a line and nothing else', async () => {
    const terminal = new FakeTerminal();
    const { session, story, code } = await drive(new Story(), terminal, ['--json']);
    story.toApproval();
    session.end();
    expect(await code).toBe(3);
    const events = terminal.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(events).toEqual(JSON.parse(JSON.stringify(story.events)));
    expect(terminal.stderr).toContain('ashlar approve 20260301-1200-ab3d ship --subject ffff');
  });
});
