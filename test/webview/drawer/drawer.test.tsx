// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportedEvents } from '../../../src/core/export/exported-run.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { moduleState } from '../../../src/core/lookup.ts';
import type { Answer, FileDiff, Question } from '../../../src/protocol/board.ts';
import { setHostTime } from '../../../src/webview/clock.ts';
import { Drawer } from '../../../src/webview/drawer/Drawer.tsx';
import { board } from '../../../src/webview/store.ts';
import { given } from '../../support/scenario.ts';
import { submits, uses } from '../../support/scenario-moves.ts';
import { smallPlan, Story, tree } from '../../core/projections/story.ts';
import { Answers } from '../answers.ts';
import { disputedRun } from '../conflict-runs.ts';
import { deskOf, knows, meanwhile, Page } from '../page.ts';

let page: Page;
let answers: Answers;
beforeEach(() => {
  page = new Page();
  answers = new Answers();
});
afterEach(() => {
  page.close();
  answers.close();
});

const lexer = moduleId('lexer');

async function drawerOf(story: Story, module = 'lexer'): Promise<void> {
  setHostTime(story.now);
  knows(story.events, board.store.getState().desk ?? {});
  board.store.setState({ selected: moduleId(module) });
  await page.show(<Drawer />);
}

const knowing = (by: (question: Question) => Answer | null): void => {
  answers.close();
  answers = new Answers(by);
};
const section = (title: string): HTMLElement => page.all(`section[aria-label^="${title}"]`)[0]!;
const isOff = (name: string): boolean => {
  const button = page.button(name);
  return 'disabled' in button && button.disabled === true;
};
const fact = (name: string): string | null =>
  page.all('dt').find((each) => each.textContent === name)?.nextElementSibling?.textContent ?? null;
const diff = (path: string, added: number, removed: number): FileDiff => ({
  ...{ path, added, removed, cut: false },
  lines: [{ kind: 'added', text: 'columns begin at 1' }],
});

const building = () => new Story().go().after(30).progress('lexer', 'Numbers read', 0.4);
/** lexer is handed in three times and never passes. */
function escalated(): Story {
  const story = new Story().go();
  for (let attempt = 0; attempt < 3; attempt++) {
    story.after(60).submit('lexer').after(10).fail('lexer', 'wrong column');
  }
  return story;
}
/** Sealed, then reopened with a second version. */
const reopened = (name = 'lexer') =>
  new Story()
    .go()
    .seal(name)
    .after(60)
    .do({
      ...{ type: 'reopen-module', module: moduleId(name) },
      ...{ contract: tree('d'), reason: 'columns', by: 'ada' },
    });

describe('the head of a drawer', () => {
  test('says what the module is at, how far, and how often it was tried', async () => {
    await drawerOf(building());
    expect(page.text).toContain('BuildingNumbers read · attempt 1 of 3');
    expect(page.all('[role=progressbar]')[0]?.getAttribute('aria-valuenow')).toBe('40');
  });

  test('says what the module was given and has used, the agent at work included', async () => {
    await drawerOf(building());
    expect(fact('Budget')).toBe('10 of 100 k tokens · $0.00');
  });

  test('names what it waits for and what waits for it; each leads there', async () => {
    await drawerOf(building(), 'parser');
    expect(fact('Waits for')).toBe('lexer');
    expect(fact('Blocks')).toBe('tier core');
    await page.click('lexer');
    expect(board.store.getState()).toMatchObject({ selected: 'lexer', focus: { module: 'lexer' } });
    expect(fact('Blocks')).toBe('parser, tier core');
  });

  test('blocks nothing once it is sealed, and nobody who is sealed', async () => {
    await drawerOf(new Story().go().seal('lexer', 'vm'));
    expect(fact('Blocks')).toBe('nothing');
    page.close();
    page = new Page();
    const again = new Story().toApproval().do({
      ...{ type: 'reopen-module', module: lexer },
      ...{ contract: tree('d'), reason: 'columns', by: 'ada' },
    });
    await drawerOf(again);
    expect(fact('Blocks')).toBe('parser, tier core judged again on its seal');
  });

  test('opens the contract as it is now, and closes', async () => {
    await drawerOf(reopened());
    await page.click('Open the contract of lexer');
    expect(page.acts).toEqual([{ do: 'open-contract', module: 'lexer', version: 2 }]);
    await page.click('Close');
    expect(board.store.getState().selected).toBeNull();
  });
});

describe('changing a contract', () => {
  test('of a module without a seal is amending; why it cannot be reopened stands beside', async () => {
    await drawerOf(building());
    expect(isOff('Reopen…')).toBe(true);
    expect(page.text).toContain('Reopen needs a seal first');
    await page.click('Amend contract…');
    expect(page.acts).toEqual([{ do: 'amend', module: 'lexer' }]);
    expect(board.store.getState().amending).toBe('lexer');
  });

  test('of a sealed module is reopening; why it cannot be amended stands beside', async () => {
    await drawerOf(new Story().go().seal('lexer'));
    expect(isOff('Amend contract…')).toBe(true);
    expect(page.text).toContain('Sealed: reopen it instead');
    await page.click('Reopen…');
    expect(page.acts).toEqual([{ do: 'reopen', module: 'lexer' }]);
  });

  test('of a run that is over is reopening; the words say that they are about amending', async () => {
    const story = new Story().toApproval().approve('ship').deliver();
    const { phase } = story.state;
    if (phase.at !== 'finished') throw new Error(phase.at);
    const digest = 'a'.repeat(64) as never;
    story.do({ type: 'record-postmortem', order: phase.order, digest });
    await drawerOf(story);
    expect([isOff('Amend contract…'), isOff('Reopen…')]).toEqual([true, false]);
    expect(page.text).toContain('Amend: the run is over; reopen instead');
  });

  test('is over with a cancelled run', async () => {
    await drawerOf(building().do({ type: 'cancel-run', by: 'sam', reason: 'enough' }));
    expect([isOff('Amend contract…'), isOff('Reopen…')]).toEqual([true, true]);
    expect(page.text).toContain('The run is being cancelled');
  });

  test('is not possible in a restricted workspace', async () => {
    board.store.setState({ desk: deskOf({ trusted: false }) });
    await drawerOf(building());
    expect([isOff('Amend contract…'), isOff('Reopen…')]).toEqual([true, true]);
    expect(page.text).toContain('The workspace is restricted');
  });

  test('that was begun is gone on with', async () => {
    const draft = { kind: 'amend', module: lexer, from: 1, files: [], problem: '' } as const;
    board.store.setState({ drafts: new Map([[lexer, draft]]) });
    await drawerOf(building());
    await page.click('Go on with the draft');
    expect(page.acts).toEqual([]);
    expect(board.store.getState().amending).toBe('lexer');
  });
});

test('a module that needs a person says since when and why, with the way out', async () => {
  const story = escalated();
  await drawerOf(story.after(120));
  expect(page.all('.drawer-need')[0]?.textContent).toContain('Needs you · 2 min');
  expect(page.all('.drawer-need')[0]?.textContent).toContain('Its budget is used up');
  const [way] = page.buttons('Amend contract…');
  expect(page.all('.drawer-need')[0]?.contains(way!)).toBe(true);
  await page.click('Amend contract…');
  expect(page.acts).toEqual([{ do: 'amend', module: 'lexer' }]);
});

describe('the contract in a drawer', () => {
  test('in its first version is told by its purpose, and no difference is asked for', async () => {
    await drawerOf(building());
    expect(section('Contract v1').textContent).toContain('The lexer.');
    expect(answers.asked.filter(({ about }) => about === 'contract')).toEqual([]);
  });

  test('in a later one is told by its reason and its difference to the one before', async () => {
    knowing(({ about }) =>
      about === 'contract' ? { about, text: '', files: [diff('contract/lexer.md', 1, 0)] } : null,
    );
    await drawerOf(reopened().after(360));
    const { textContent } = section('Contract v2');
    expect(textContent).toContain('amended by a person 6 min ago');
    expect(textContent).toContain('columns');
    expect(textContent).toContain('+ columns begin at 1');
    expect(answers.asked).toContainEqual({ about: 'contract', module: lexer, from: 1, to: 2 });
    await page.click('Open diff');
    await page.click('Open');
    await page.click('Diff');
    expect(page.acts).toEqual([
      { do: 'diff-contract', module: 'lexer', from: 1, to: 2 },
      { do: 'open-contract', module: 'lexer', version: 1 },
      { do: 'diff-contract', module: 'lexer', from: 1, to: 2 },
    ]);
  });

  test('says why where its difference cannot be had', async () => {
    await drawerOf(reopened('vm'), 'vm');
    expect(section('Contract v2').textContent).toContain('The store cannot be read');
  });
});

describe('the tests in a drawer', () => {
  test('are counted by check; what failed shows its evidence, which opens at its line', async () => {
    await drawerOf(new Story().go().after(60).submit('lexer').fail('lexer', 'column 3, not 4'));
    const tests = section('Tests');
    expect(tests.textContent).toContain('· 11 of 12 passed');
    expect(tests.textContent).toContain('unit11/120.4 s');
    expect(tests.textContent).toContain('column 3, not 4');
    await page.click('reads numbers · tests/a.test.js:7');
    const file = 'tests/a.test.js';
    expect(page.acts).toEqual([
      { do: 'open-evidence', module: 'lexer', tree: null, file, line: 7 },
    ]);
  });

  test('that ran under an earlier version are said to have', async () => {
    await drawerOf(reopened());
    expect(section('Tests').textContent).toContain('12 of 12 passed under v1');
  });

  test('say how each of them ended last', async () => {
    const names = ['reads numbers', 'reads names'];
    knowing(({ about }) =>
      about === 'tests'
        ? { about, tests: names.map((name) => ({ check: 'unit', file: 'tests/a.js', name })) }
        : null,
    );
    await drawerOf(new Story().go().submit('vm').fail('vm', 'column 3, not 4'), 'vm');
    await page.click('Show the 12 tests of v1');
    const icons = page.all('.test-name .icon').map((icon) => icon.getAttribute('aria-label'));
    expect(icons).toEqual(['failed', 'passed']);
  });

  test('are listed when somebody asks, each file named once', async () => {
    const names = ['reads > a number', 'reads > a name'];
    knowing(({ about }) =>
      about === 'tests'
        ? { about, tests: names.map((name) => ({ check: 'unit', file: 'tests/a.js', name })) }
        : null,
    );
    await drawerOf(building());
    expect(answers.asked).toEqual([]);
    await page.click('Show the 12 tests of v1');
    const listed = page.all('.test-list li').map((item) => item.textContent.trim());
    expect(listed).toEqual(['tests/a.js', ...names]);
  });
});

describe('submissions in a drawer', () => {
  /** Failed, then passed, then superseded by an amended contract. */
  const twice = () => new Story().go().submit('lexer').fail('lexer', 'x').submit('lexer');

  test('are listed newest first with version, attempt, size and verdict', async () => {
    knowing(({ about }) =>
      about === 'submission'
        ? { about, files: [diff('src/lexer/a.js', 80, 0), diff('src/lexer/b.js', 6, 31)] }
        : null,
    );
    await drawerOf(twice());
    const rows = page.all('section[aria-label=Submissions] li').map((row) => row.textContent);
    expect(rows).toEqual([
      '1111111v1 · 2+86 −31Compare…not judged yet',
      '1111111v1 · 1+86 −31FAIL',
    ]);
  });

  test('open as a diff by their whole tree', async () => {
    await drawerOf(twice());
    await page.click('1111111');
    expect(page.acts).toEqual([{ do: 'diff-submission', module: 'lexer', tree: tree('1') }]);
  });

  test('are compared with what the person chooses, and what was sealed opens file by file', async () => {
    await drawerOf(new Story().go().submit('lexer').fail('lexer', 'x').seal('lexer'));
    await page.click('Compare…');
    await page.click('Sealed files…');
    expect(page.acts).toMatchObject([
      { do: 'compare-submission', module: 'lexer' },
      { do: 'open-sealed', module: 'lexer' },
    ]);
  });

  test('of an earlier version are superseded', async () => {
    await drawerOf(reopened());
    expect(section('Submissions').textContent).toContain('supersededPASS');
  });
});

test('verdicts are listed latest first, with who judged and what speaks for them', async () => {
  const story = new Story().go().submit('lexer').fail('lexer', 'wrong').submit('lexer');
  story.after(90).revise('lexer', 'names are not kept');
  await drawerOf(story);
  const items = page.all('.verdict-list > li').map((item) => item.textContent);
  expect(items).toHaveLength(2);
  expect(items[0]).toContain('NEEDS_REVISION1:30 · 1111111');
  expect(items[0]).toContain('names are not kept');
  expect(items[1]).toContain('FAIL');
  expect(section('Verdicts').textContent).toContain('judged by reviewer');
});

test('what it gives and gets is told with state and age, the latest first', async () => {
  const story = new Story().go();
  const vm = moduleId('vm');
  const { life } = moduleState(story.state, vm);
  if (life.at !== 'generating') throw new Error(life.at);
  const from = { order: life.order, module: vm };
  story.do({ type: 'record-request', ...from, from: lexer, items: ['token kinds'] });
  story.after(60).seal('lexer').after(30);
  await drawerOf(story);
  const handoffs = section('Handoffs').textContent;
  expect(handoffs).toContain('0 on the way, 1 in all');
  expect(handoffs).toContain('To vm: token kinds');
  expect(handoffs).toContain('delivered after 2 min 10 s, not taken by a builder');
  const [lived] = page.all('.handoff-life');
  expect(lived!.getAttribute('aria-label')).toBe('Life: requested, accepted, delivered');
  expect(lived!.querySelectorAll('.handoff-done')).toHaveLength(3);
  await drawerOf(story, 'parser');
  expect(section('Handoffs').textContent).toContain('none yet');
});

test('what it cost is told against what it was given, and who spent it', async () => {
  await drawerOf(new Story().go().seal('lexer'));
  const cost = section('Cost').textContent;
  expect(cost).toContain('Tokens1.1 kof 100 k');
  expect(cost).toContain('Money$0.26of $5.00');
  expect(cost).toContain('1 build $0.25 · 1 judging $0.01');
});

test('what its models were asked is told by kind of token, and a transcript is a click away', async () => {
  const usage = { input: 200, cacheRead: 800, cacheWrite: 0, output: 50 };
  const told = { provider: 'anthropic', model: 'm', calls: 2, tokens: usage, untold: 0 };
  const run = given(
    smallPlan(),
    uses('generate', 'lexer', [{ ...told, microUsd: 0, unpriced: 2 }]),
    submits('lexer'),
  );
  knows(run.history);
  board.store.setState({ selected: lexer });
  await page.show(<Drawer />);
  const cost = section('Cost').textContent;
  expect(cost).toContain('2 calls: 1 k tokens in (80 % from the cache), 50 out; money unknown');
  expect(cost).toContain('4 bytes of it read by the run');
  await page.click('Open a transcript');
  expect(page.acts).toEqual([{ do: 'open-transcript', module: 'lexer' }]);
});

describe('the budgets in a drawer', () => {
  const rowsOf = (group: number): string[] =>
    [...page.all('.budgets tbody')[group]!.querySelectorAll('tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent).join(' | '),
    );

  test('are those that pay for the module, its own first: used, reserved, limit', async () => {
    const small = smallPlan();
    const budget = { tokens: 500_000, turns: null, minutes: null, microUsd: 8_000_000 };
    const builders = { ...small.pools.builders, budget };
    const story = new Story({ ...small, pools: { ...small.pools, builders } }).go();
    await drawerOf(story.seal('vm'));
    expect(page.all('.budget-of').map((each) => each.textContent)).toEqual([
      'lexer',
      'The builders',
      'The run',
    ]);
    expect(rowsOf(0)).toContain('Tokens | 0 | 50 k | 100 k');
    expect(rowsOf(1)).toContain('Tokens | 1 k | 50 k | 500 k');
    expect(rowsOf(2)).toContain('Elapsed | 1 min 10 s | – | 1 h 00 min');
    expect(page.buttons('Raise…')).toEqual([]);
  });

  test('when one is used up, then it can be raised there', async () => {
    await drawerOf(escalated());
    await page.click('Raise…');
    expect(page.acts).toEqual([{ do: 'raise-budget', scope: 'module:lexer' }]);
  });

  test('say what of them counts in full because the end of the work was lost', async () => {
    const story = building();
    story.do({ ...{ type: 'start-driver', driver: 2, host: 'here', pid: 2 } });
    await drawerOf(story);
    expect(rowsOf(0).join()).toMatch(/50 k tokens, \$\d.\d\d of it counted in full/);
  });
});

test('what agents still sent too late is told, and that it counts for nothing', async () => {
  const story = building();
  const { life } = moduleState(story.state, lexer);
  if (life.at !== 'generating') throw new Error(life.at);
  const { order } = life;
  story.submit('lexer').after(10).pass('lexer').after(5);
  const spent = { tokens: 1_000, microUsd: 20_000, turns: 1, ms: 1_000 };
  const work = { tree: tree('7'), summary: '', problems: [], findings: [], trespasses: [], spent };
  story.do({ type: 'record-submission', module: lexer, order, ...work });
  await drawerOf(story);
  const late = section('Late results').textContent;
  expect(late).toContain('· 1, none of which counts');
  expect(late).toContain('It cost 1 k tokens, $0.02; its reservation was counted in full already.');
  await drawerOf(building());
  expect(section('Late results')).toBeUndefined();
});

describe('conflicts in a drawer', () => {
  test('are those of the module, with the way to decide', async () => {
    knows(disputedRun().history);
    board.store.setState({ selected: lexer });
    await page.show(<Drawer />);
    expect(section('Conflicts').textContent).toContain('· 1 open, 2 in all');
    expect(page.all('.drawer-need')[0]?.textContent).not.toContain('Amend');
    const decide = section('Conflicts').querySelector<HTMLElement>('vscode-button')!;
    await meanwhile(() => decide.click());
    expect(page.acts).toEqual([{ do: 'decide-dispute', module: 'lexer' }]);
  });

  test('of another module are told at each of their parties', async () => {
    knows(disputedRun().history);
    board.store.setState({ selected: moduleId('parser') });
    await page.show(<Drawer />);
    expect(section('Conflicts').textContent).toContain('Two owners of one path');
    expect(section('Conflicts').textContent).not.toContain('disputed');
  });

  test('are not spoken of where there were none', async () => {
    await drawerOf(building());
    expect(section('Conflicts')).toBeUndefined();
  });
});

describe('insights used', () => {
  const read = () => new Story().go().read('lexer').after(60).submit('lexer').after(10);

  test('are named with their type and who had them, and lead to the note', async () => {
    await drawerOf(read());
    const { textContent } = section('Insights used');
    expect(textContent).toContain('· 1');
    expect(textContent).toContain('lexer: the last token is lost');
    expect(textContent).toContain('pitfall · builder of attempt 1');
    await page.click('lexer: the last token is lost');
    expect(page.acts).toEqual([{ do: 'open-insight', file: '2026-02-01-pitfall-lexer.md' }]);
  });

  test('are those of the module alone, and no section where there are none', async () => {
    await drawerOf(read(), 'vm');
    expect(page.all('section[aria-label="Insights used"]')).toEqual([]);
  });

  test('of an earlier moment are those that were used then', async () => {
    const story = read();
    await drawerOf(story);
    const given = story.events.findIndex(({ type }) => type === 'insights-given');
    await meanwhile(() => board.store.getState().goTo(given));
    expect(page.all('section[aria-label="Insights used"]')).toEqual([]);
    await meanwhile(() => board.store.getState().goTo(given + 1));
    expect(section('Insights used').textContent).toContain('the last token is lost');
  });

  test('of an exported run say that there were some, and lead nowhere', async () => {
    const out = exportedEvents(read().events, {
      ...{ evidence: false, clean: (text: string) => text, isSecret: () => false },
    });
    if (!out.ok) expect.fail(out.what);
    knows(out.events, board.store.getState().desk ?? {});
    board.store.setState({ selected: lexer });
    await page.show(<Drawer />);
    const { textContent } = section('Insights used');
    expect(textContent).toContain('A note that is not told herepitfall · builder of attempt 1');
    expect(page.text).not.toContain('the last token is lost');
  });
});
