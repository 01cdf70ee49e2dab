// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { Gates } from '../../../src/webview/gates/Gates.tsx';
import { keepPlace, keptPlace } from '../../../src/webview/kept-place.ts';
import { board } from '../../../src/webview/store.ts';
import { given } from '../../support/scenario.ts';
import { unserved } from '../../support/scenario-moves.ts';
import { plan } from '../../support/scenario-plan.ts';
import { decides } from '../../support/scenario-people.ts';
import { evidence, hash, smallPlan, Story, tree } from '../../core/projections/story.ts';
import { disputedRun } from '../conflict-runs.ts';
import { Answers } from '../answers.ts';
import { deskOf, knows, meanwhile, Page } from '../page.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

const asked = () => new Story().toApproval();
const noteField = 'Note on ship';
const gateColumn = () => page.all('.verdict-gate').map((cell) => cell.textContent);

/** The same run in a folder that is no repository, or on a detached HEAD. */
function onBase(events: readonly RunEvent[], base: object): RunEvent[] {
  return events.map((event) =>
    event.type === 'run-started' ? { ...event, base: { ...event.base, ...base } } : event,
  );
}

/** lexer is handed in three times and never passes. */
function escalated(): Story {
  const story = new Story().go();
  for (let attempt = 0; attempt < 3; attempt++) {
    story.after(60).submit('lexer').after(10).fail('lexer', 'wrong column');
  }
  return story;
}

describe('an approval gate', () => {
  test('shows the whole digest, its checks, where it lands and what is not touched', async () => {
    knows(asked().events);
    await page.show(<Gates />);
    expect(page.all('.digest')[0]?.textContent).toBe(hash('f'));
    expect(page.all('table[aria-label=Checks]')[0]?.textContent).toContain('12/12');
    expect(page.text).toContain('ashlar/20260301-1200-ab3d');
    expect(page.text).toContain('main is not touched');
    expect(page.text).toContain('Approve it, and the result is delivered.');
  });

  test('in a folder that is no repository lands beside the run', async () => {
    knows(onBase(asked().events, { repository: 'none', head: null, branch: null }));
    await page.show(<Gates />);
    expect(page.text).toContain('.ce-workspace/runs/20260301-1200-ab3d/result');
    expect(page.text).toContain('Your filesare not touched');
  });

  test('without a branch checked out names the commit', async () => {
    knows(onBase(asked().events, { branch: null }));
    await page.show(<Gates />);
    expect(page.text).toContain('is not touched at ddddddd');
  });

  test('is approved with its exact digest and the note', async () => {
    knows(asked().events);
    await page.show(<Gates />);
    await page.write(noteField, ' fine ');
    await page.click('Approve this submission');
    expect(page.acts).toEqual([
      { do: 'approve', gate: 'ship', submission: hash('f'), note: 'fine' },
    ]);
  });

  test('is rejected only with a note', async () => {
    knows(asked().events);
    await page.show(<Gates />);
    await page.click('Reject');
    await page.write(noteField, ' \n ');
    await page.click('Reject');
    expect(page.acts).toEqual([]);
    expect(page.text).toContain('To reject, say why.');
    await page.write(noteField, 'no tests of errors');
    await page.click('Reject');
    const note = 'no tests of errors';
    expect(page.acts).toEqual([{ do: 'reject', gate: 'ship', submission: hash('f'), note }]);
  });

  test('says which files land, and how many changed since it last asked', async () => {
    const files = [
      { path: 'src/lexer/index.js', added: 40, removed: 2 },
      { path: 'src/vm/index.js', added: 8, removed: 0 },
    ];
    const answers = new Answers((question) =>
      question.about === 'approval' ? { about: 'approval', files, count: 2, changed: 1 } : null,
    );
    knows(asked().events);
    await page.show(<Gates />);
    expect(answers.asked).toEqual([{ about: 'approval', gate: 'ship', submission: hash('f') }]);
    expect(page.text).toContain('+48 −2');
    expect(page.text).not.toContain('src/vm/index.js');
    await page.click('Show the 2 files that land');
    expect(page.text).toContain('src/vm/index.js');
    await page.click('1 file changed since it last asked…');
    expect(page.acts).toEqual([{ do: 'compare-approval', gate: 'ship', submission: hash('f') }]);
    answers.close();
  });

  test('is reached, looked at and decided by keys, none of which decides by itself', async () => {
    knows(asked().events);
    await page.show(<Gates />);
    const need = page.all('.need')[0];
    await page.press('j');
    expect(document.activeElement).toBe(need);
    await page.press('Enter');
    expect(page.acts).toEqual([{ do: 'diff-approval', gate: 'ship', submission: hash('f') }]);
    await page.press('a');
    expect(document.activeElement).toBe(page.button('Approve this submission'));
    await page.press('Escape');
    expect(document.activeElement).toBe(need);
    // The simulated browser does not lead the focus into a field's own parts.
    const note = page.all('vscode-textarea')[0]!;
    const reached = vi.spyOn(note, 'focus');
    await page.press('r');
    expect(reached).toHaveBeenCalledOnce();
    expect(board.store.getState().said.text).toContain('Write what must change');
    note.tabIndex = 0;
    HTMLElement.prototype.focus.call(note);
    // Where a note is written, letters are letters.
    await page.press('a');
    expect(document.activeElement).toBe(note);
    await page.press('Escape');
    expect(document.activeElement).toBe(need);
    await page.press('k');
    expect(page.acts).toHaveLength(1);
  });

  test('takes no letter from elsewhere on the page', async () => {
    knows(asked().events);
    await page.show(<Gates />);
    const list = document.body.appendChild(document.createElement('select'));
    list.focus();
    await page.press('j');
    await page.press('k');
    expect(document.activeElement).toBe(list);
    list.blur();
    await page.press('j');
    expect(document.activeElement).toBe(page.all('.need')[0]);
  });

  test('when it asks about another submission, then the note for the last one is gone', async () => {
    knows(asked().events);
    await page.show(<Gates />);
    await page.write(noteField, 'for the first');
    const other = new Story().go().seal('lexer', 'vm').seal('parser').after(5).passTier('core');
    other.after(5).passGate('accept').subject('ship', 'e');
    await meanwhile(() => knows(other.events));
    await page.click('Approve this submission');
    expect(page.acts).toMatchObject([{ submission: hash('e'), note: '' }]);
  });

  test('keeps what was written to it while the board is hidden, which takes the page down', async () => {
    const key = knows(asked().events);
    await page.show(<Gates />);
    const before = board.store.getState();
    await page.write(noteField, 'no tests of errors');
    let kept: unknown = null;
    keepPlace({ keep: (what) => (kept = what) }, board.store.getState(), before);
    page.close();
    page = new Page();
    knows(asked().events);
    const notes = keptPlace({ kept: () => kept }, key)?.notes;
    board.store.setState({ notes: notes ?? new Map() });
    await page.show(<Gates />);
    await page.click('Reject');
    expect(page.acts).toMatchObject([{ do: 'reject', note: 'no tests of errors' }]);
  });

  test('in a restricted workspace is looked at, not decided', async () => {
    knows(asked().events, deskOf({ trusted: false }));
    await page.show(<Gates />);
    await page.click('Approve this submission');
    await page.click('Diff against base');
    expect(page.acts).toEqual([{ do: 'diff-approval', gate: 'ship', submission: hash('f') }]);
    expect(page.text).toContain('The workspace is restricted.');
  });

  test('that was refused says by whom and why, and can still be approved', async () => {
    const story = asked();
    const refusal = {
      gate: 'ship',
      submission: hash('f'),
      by: 'ada',
      note: 'messages are unclear',
    };
    story.do({ type: 'reject-gate', ...refusal } as Parameters<Story['do']>[0]);
    knows(story.events);
    await page.show(<Gates />);
    expect(page.text).toContain('refused by ada');
    expect(page.text).toContain('messages are unclear');
    await page.click('Approve after all');
    expect(page.acts).toMatchObject([{ do: 'approve', gate: 'ship', submission: hash('f') }]);
  });
});

describe('a module that cannot go on', () => {
  test('shows what speaks against it and leads to its contract and its files', async () => {
    knows(escalated().events);
    await page.show(<Gates />);
    expect(page.all('article')[0]?.textContent).toContain('wrong column');
    await page.click('unit · reads numbers · tests/a.test.js:7');
    await page.click('Amend contract…');
    expect(page.acts).toEqual([
      {
        do: 'open-evidence',
        ...{ module: 'lexer', tree: tree('1'), file: 'tests/a.test.js', line: 7 },
      },
      { do: 'amend', module: 'lexer' },
    ]);
  });

  test('is shown in the graph where that is asked for', async () => {
    knows(escalated().events);
    board.store.setState({ view: 'gates' });
    await (await page.show(<Gates />)).click('Show module');
    expect(board.store.getState()).toMatchObject({ view: 'graph', selected: 'lexer' });
    expect(page.acts).toEqual([]);
  });
});

describe('missing prerequisites', () => {
  test('are listed with what to do about each, and checked again on a click', async () => {
    const story = new Story({
      ...smallPlan(),
      prerequisites: [
        { name: 'docker', timeoutMs: null, remedy: null, program: 'docker', version: '>=24' },
        { name: 'key', timeoutMs: null, remedy: 'Ask Ada.', env: 'KEY', pattern: null },
      ],
    });
    const says = (name: string, text: string) => ({
      ...{ name, passed: false },
      evidence: [{ ...evidence(text), kind: 'check' } as const],
    });
    const results = [says('docker', 'docker is version 20.1, not >=24.'), says('key', 'Unset.')];
    story.do({ type: 'record-prerequisites', order: 1 as never, results });
    knows(story.events);
    await page.show(<Gates />);
    expect(page.text).toContain('Nothing has started: 2 prerequisites missing.');
    const rows = page.all('.missing > li').map((row) => row.textContent);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('docker is version 20.1, not >=24.');
    expect(rows[0]).toContain('Install docker >=24, and put it on the PATH.');
    expect(rows[1]).toContain('Unset.Ask Ada.');
    expect(page.text).toContain('Mend what is missing, then check again');
    await page.click('Check again');
    expect(page.acts).toEqual([{ do: 'resume' }]);
  });
});

describe('what can be done about a module that is stuck', () => {
  test('with a dispute is to decide it, and nothing beside it', async () => {
    knows(disputedRun().history);
    await page.show(<Gates />);
    const [need] = page.all('.need');
    const offered = [...need!.querySelectorAll('vscode-button')].map((each) => each.textContent);
    expect(offered).toEqual(['Decide…', 'Show module']);
    expect(need!.textContent).toContain('Say whether what was judged stands');
    expect(need!.textContent).not.toContain('Amend its contract');
  });

  test('for want of budget is to raise it, or to amend its contract', async () => {
    knows(escalated().events);
    await page.show(<Gates />);
    const [need] = page.all('.need');
    const offered = [...need!.querySelectorAll('vscode-button')].map((each) => each.textContent);
    expect(offered).toEqual(['Raise budget…', 'Amend contract…', 'Show module']);
    expect(need!.textContent).toContain('Raise its budget, and it goes on under its contract.');
  });
});

describe('conflicts', () => {
  const rows = () => page.all('.conflict').map((row) => row.textContent);

  test('are not spoken of where there are none', async () => {
    knows(asked().events);
    await page.show(<Gates />);
    expect(page.all('section[aria-label=Conflicts]')).toEqual([]);
  });

  test('that a person must decide come first, with kind, parties, evidence and the way to decide', async () => {
    knows(disputedRun().history);
    await page.show(<Gates />);
    expect(page.text).toContain('open ones first · 1 open, 1 decided');
    const [mine, decided] = rows();
    expect(mine).toContain('A verdict is disputed lexer');
    expect(mine).toContain('lexer disputes the verdict on attempt 2');
    expect(mine).toContain('Needs you');
    expect(decided).toContain('Two owners of one path lexer and parser');
    const decide = page.all('.conflict vscode-button')[0]!;
    await meanwhile(() => decide.click());
    expect(page.acts).toEqual([{ do: 'decide-dispute', module: 'lexer' }]);
  });

  test('with a key that is not taken are a provider to be tried again, or another one', async () => {
    const run = given(
      plan({ modules: { lexer: {} } }),
      unserved('generate', 'lexer', { code: 'unauthorised' }),
    );
    knows(run.history);
    await page.show(<Gates />);
    expect(page.text).toContain('scripted refuses the key: planners, builders and reviewers wait');
    await page.click('Try again');
    expect(page.acts).toEqual([{ do: 'retry-provider', provider: 'scripted' }]);
  });

  test('that are decided say by which rule, by whom and why', async () => {
    knows(disputedRun().when(decides('lexer', 'overturn')).history);
    await page.show(<Gates />);
    expect(rows()[0]).toContain('Overturned, by a person (ada): as I see it');
    expect(rows()[0]).toMatch(/decided after \d+ s/);
    expect(rows()[1]).toContain('The owner keeps the path, by ownership: ');
  });

  test('in a restricted workspace are looked at, not decided', async () => {
    knows(disputedRun().history, deskOf({ trusted: false }));
    await page.show(<Gates />);
    const decide = page.all('.conflict vscode-button')[0]!;
    await meanwhile(() => decide.click());
    expect(page.acts).toEqual([]);
  });
});

describe('verdicts', () => {
  test('stand newest first, each with its own word', async () => {
    knows(asked().events);
    await page.show(<Gates />);
    expect(gateColumn()).toEqual(['accept', 'core', 'parser', 'vm', 'lexer']);
    expect(page.all('.verdict-table .chip').map((chip) => chip.textContent)).toEqual(
      Array<string>(5).fill('PASS'),
    );
  });

  test('are filtered by all the words that are written', async () => {
    const story = escalated();
    story.submit('vm').after(10).pass('vm');
    knows(story.events);
    await page.show(<Gates />);
    await page.write('Filter verdicts by gate, kind, verdict, evidence or judge', 'LEXER fail');
    expect(gateColumn()).toEqual(['lexer', 'lexer', 'lexer']);
    expect(page.text).toContain('newest first · 3 of 4');
    await page.write('Filter verdicts by gate, kind, verdict, evidence or judge', 'lexer pass');
    expect(page.text).toContain('No verdict matches.');
  });

  test('when one is clicked, then its module is selected and its evidence opens', async () => {
    knows(escalated().events);
    await page.show(<Gates />);
    await page.click('lexer');
    expect(board.store.getState().selected).toBe('lexer');
    const [shown] = page.all('.verdict-evidence');
    expect(shown?.textContent).toContain('wrong column');
    expect(page.button('lexer').getAttribute('aria-expanded')).toBe('true');
    await page.click('Show lexer in the graph');
    expect(board.store.getState()).toMatchObject({ view: 'graph', focus: { module: 'lexer' } });
    await page.click('lexer');
    expect(page.all('.verdict-evidence')).toEqual([]);
  });

  test('that are not there yet are promised, and nothing is asked of anybody', async () => {
    knows(new Story().events);
    await page.show(<Gates />);
    expect(page.text).toContain('Nothing needs you.');
    expect(page.text).toContain('No verdict yet.');
  });
});
