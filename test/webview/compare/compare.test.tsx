// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountOf } from '../../../src/core/projections/account.ts';
import { compareRuns } from '../../../src/core/projections/compare-runs.ts';
import { runId } from '../../../src/core/ids.ts';
import type { RunKey } from '../../../src/protocol/board.ts';
import { Compare } from '../../../src/webview/compare/Compare.tsx';
import { comparison } from '../../../src/webview/compare/told.ts';
import { Story } from '../../core/projections/story.ts';
import { Page } from '../page.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => {
  page.close();
  comparison.setState({ told: null });
});

const keyOf = (name: string): RunKey => ({ folder: 'file:///work', run: runId(name) });
const keys = [keyOf('20260301-1200-ab3d'), keyOf('20260302-0900-ff01')] as const;

const whole = (): Story => new Story().toApproval().after(30).approve('ship').after(1).deliver();

async function sets(a: Story, b: Story): Promise<void> {
  const [first, second] = [accountOf(a.events)!, accountOf(b.events)!];
  comparison.setState({
    told: { type: 'comparison', keys, comparison: compareRuns(first, second) },
  });
  await page.show(<Compare />);
}

const rows = (name: string): string[] =>
  page.all(`table[aria-label="${name}"] tbody tr`).map((row) => row.textContent);

describe('two runs side by side', () => {
  test('are busy until they are told', async () => {
    await page.show(<Compare />);
    expect(page.all('main')[0]?.getAttribute('aria-busy')).toBe('true');
  });

  test('have nothing to be wary of where they are alike', async () => {
    await sets(whole(), whole());
    expect(page.text).not.toContain('Before you compare');
    expect(rows('As a whole')).toContain('Actual2 min 31 s2 min 31 sthe same');
  });

  test('say first what cannot be compared, and set modules beside each other', async () => {
    const failing = new Story().go().after(60).submit('lexer').fail('lexer', 'off by one');
    await sets(whole(), failing);
    const [caveats] = page.all('section[aria-label="Before you compare"]');
    expect(caveats?.textContent).toContain('B goes on: its figures are those of now.');
    const [lexer, a, b] = rows('Module by module');
    expect(lexer).toBe('lexer sealed in A alone');
    expect(a).toBe('A0.0 s1 min10 s11.1 k$0.26');
    expect(b).toContain('1 refused');
  });

  test('put what differs most first where that is asked for', async () => {
    const slow = new Story().go().after(60).submit('lexer').submit('vm').after(10);
    slow.pass('lexer').pass('vm').after(600).submit('parser').after(10).pass('parser');
    await sets(whole(), slow);
    const first = (): string | undefined => rows('Module by module')[0];
    expect(first()).toContain('lexer');
    await page.click('Largest difference first');
    expect(first()).toContain('parser');
    await page.click('In the order of the plan');
    expect(first()).toContain('lexer');
  });

  test('lead to the board of each', async () => {
    await sets(whole(), whole());
    const [, second] = page.all('.compare-run button, .compare-run a');
    second?.click();
    expect(page.acts).toEqual([{ do: 'open-board', key: keys[1] }]);
  });
});
