// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountOf } from '../../../src/core/projections/account.ts';
import { Account } from '../../../src/webview/account/Account.tsx';
import { evidence, Story } from '../../core/projections/story.ts';
import { disputedRun } from '../conflict-runs.ts';
import type { UsageLine } from '../../../src/core/usage.ts';
import { given } from '../../support/scenario.ts';
import { submits, uses } from '../../support/scenario-moves.ts';
import { plan } from '../../support/scenario-plan.ts';
import { knows, meanwhile, Page } from '../page.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

const part = (title: string): string =>
  page.all(`section[aria-label="${title}"]`)[0]?.textContent ?? '';
const fact = (name: string): string | undefined =>
  page.all('.account-facts dt').find((each) => each.textContent === name)?.nextElementSibling
    ?.textContent;

describe('the account of a run', () => {
  test('sets what it took beside the same work one piece after the other', async () => {
    const story = new Story().toApproval();
    knows(story.events);
    await page.show(<Account />);
    const { time } = accountOf(story.events)!.account;
    expect(fact('Speed-up')).toBe(`${time.speedup!.toFixed(1)}×`);
    expect(part('Actual and sequential')).toContain('Actual2 min 30 s');
    expect(part('Actual and sequential')).toContain('Sequential3 min 40 s');
    expect(fact('First working build')).toBe('2 min 25 s');
  });

  test('names the chain that decided the end, with what each stretch was', async () => {
    knows(new Story().toApproval().events);
    await page.show(<Account />);
    const rows = page
      .all('table[aria-label="Critical path"] tbody tr')
      .map((row) => row.textContent);
    expect(rows.slice(0, 2)).toEqual(['0:00lexerwas built1 min', '1:00lexerwas judged10 s']);
    expect(rows.at(-1)).toContain('gate accept');
  });

  test('tells defects by who caught them, and who mended them', async () => {
    const story = new Story()
      .go()
      .after(60)
      .submit('lexer')
      .after(10)
      .fail('lexer', 'wrong column');
    story.seal('lexer', 'vm').seal('parser').after(5).failTier('core', 'tokens have no columns');
    knows(story.events);
    await page.show(<Account />);
    expect(part('Defects that gates caught')).toContain('1 by evaluators, 1 by integration');
    expect(part('Defects that gates caught')).toContain(evidence('wrong column').says);
    expect(part('Defects that gates caught')).toContain('attempt 2');
    expect(part('Defects that gates caught')).toContain(
      'lexer was reopened (the check names them)',
    );
  });

  test('tells handoffs, amendments and reopenings, and says where there were none', async () => {
    const story = new Story().go();
    knows(story.events);
    await page.show(<Account />);
    expect(part('Handoffs')).toContain('No handoff was planned or asked for');
    expect(part('Amendments and reopenings')).toContain('None: every contract stands');
    expect(part('Defects that gates caught')).toContain('None so far.');
    expect(part('Critical path')).toContain('Nothing has taken any time yet.');
  });

  test('tells what models were asked twice: by role, and by model', async () => {
    const line = (model: string, over: Partial<UsageLine> = {}): UsageLine => ({
      ...{ provider: 'anthropic', model, calls: 1, untold: 0, microUsd: 1_000_000, unpriced: 0 },
      tokens: { input: 100, cacheRead: 300, cacheWrite: 0, output: 20 },
      ...over,
    });
    const run = given(plan({ modules: { lexer: {} } }), uses('generate', 'lexer', [line('large')]));
    run.when(submits('lexer'));
    run.when(uses('evaluate', 'lexer', [line('small', { calls: 2, microUsd: 0, unpriced: 2 })]));
    knows(run.history);
    await page.show(<Account />);
    const groups = page
      .all('.account-models tbody')
      .map((group) =>
        [...group.querySelectorAll('tr')].map((row) =>
          [...row.children].map((cell) => cell.textContent).join('|'),
        ),
      );
    expect(groups).toEqual([
      [
        'By role|Calls|Tokens in|From the cache|Tokens out|Money',
        'Generator|1|400|300|20|$1.00',
        'Evaluator|2|400|300|20|money unknown',
      ],
      [
        'By model|Calls|Tokens in|From the cache|Tokens out|Money',
        'anthropic large|1|400|300|20|$1.00',
        'anthropic small|2|400|300|20|money unknown',
      ],
    ]);
  });

  test('counts conflicts and what they led to', async () => {
    knows(disputedRun().history);
    await page.show(<Account />);
    expect(fact('Conflicts')).toBe('2');
    expect(fact('FAIL')).toBe('1');
  });

  test('counts what did not fit the others among the conflicts, as the gates do', async () => {
    const story = new Story().go().seal('lexer', 'vm').seal('parser').failTier('core', 'columns');
    knows(story.events);
    await page.show(<Account />);
    expect(story.state.conflicts.length).toBe(1);
    expect(fact('Conflicts')).toBe('1');
  });

  test('when the run goes on, then it does too, and over again leads to the postmortem', async () => {
    const story = new Story().go();
    knows(story.events);
    await page.show(<Account />);
    expect(fact('Handed in')).toBe('0');
    const over = new Story().toApproval().approve('ship').deliver();
    const key = knows(story.events);
    await meanwhile(() => knows(over.events));
    expect(fact('Handed in')).toBe('3');
    await page.click('Open the postmortem');
    expect(page.acts).toEqual([{ do: 'open-postmortem', key }]);
  });
});
