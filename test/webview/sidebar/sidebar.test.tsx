// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setHostTime } from '../../../src/webview/clock.ts';
import { Sidebar } from '../../../src/webview/sidebar/Sidebar.tsx';
import { board } from '../../../src/webview/store.ts';
import { streamId } from '../../../src/core/ids.ts';
import { evidence, hash, smallPlan, Story } from '../../core/projections/story.ts';
import { disputedRun } from '../conflict-runs.ts';
import { deskOf, deskRun, knows, meanwhile, Page } from '../page.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

const asked = () => new Story().toApproval();
const past = deskRun('20260228-1000-6b1e', { outcome: 'complete' });
const headings = () => page.all('h3').map((heading) => heading.textContent);
const primary = () => page.all('.button-primary').map((button) => button.textContent);

describe('a gate that waits for a person', () => {
  test('says its checks, where it lands and what exactly is approved', async () => {
    knows(asked().events);
    await page.show(<Sidebar />);
    expect(page.text).toContain('Approval. 1 of 1 check passes.');
    expect(page.text).toContain('lands on ashlar/20260301-1200-ab3d');
    expect(page.all(`[title="${hash('f')}"]`)[0]?.textContent).toBe('ffffffffffff');
  });

  test('when it is approved, then exactly that submission is approved, once', async () => {
    knows(asked().events);
    await page.show(<Sidebar />);
    const approve = page.button('Approve');
    await meanwhile(() => {
      approve.click();
      approve.click();
    });
    await meanwhile(() => page.button('Sent…').click());
    expect(page.acts).toEqual([{ do: 'approve', gate: 'ship', submission: hash('f'), note: '' }]);
  });

  test('when the approval is refused, then it can be given again', async () => {
    knows(asked().events);
    await (await page.show(<Sidebar />)).click('Approve');
    await meanwhile(() => board.store.setState({ refusal: 'The gate asks about something else.' }));
    await page.click('Approve');
    expect(page.acts).toHaveLength(2);
  });

  test('that was refused says what exactly would be approved after all', async () => {
    const story = asked();
    const refusal = { gate: 'ship', submission: hash('f'), by: 'ada', note: 'unclear' };
    story.do({ type: 'reject-gate', ...refusal } as Parameters<Story['do']>[0]);
    knows(story.events);
    await page.show(<Sidebar />);
    expect(page.all(`[title="${hash('f')}"]`)[0]?.textContent).toBe('ffffffffffff');
    expect(page.button('Approve after all').title).toContain(hash('f'));
    await page.click('Approve after all');
    expect(page.acts).toEqual([{ do: 'approve', gate: 'ship', submission: hash('f'), note: '' }]);
  });

  test('cannot be rejected without a note', async () => {
    knows(asked().events);
    await (await page.show(<Sidebar />)).click('Reject…');
    expect(page.text).toContain('A note is needed.');
    await page.click('Reject');
    await page.write('Why ship is rejected', '   ');
    await page.click('Reject');
    expect(page.acts).toEqual([]);
    await page.write('Why ship is rejected', ' the error messages are unclear ');
    await page.click('Reject');
    const note = 'the error messages are unclear';
    expect(page.acts).toEqual([{ do: 'reject', gate: 'ship', submission: hash('f'), note }]);
  });

  test('is still being rejected with what was written when the side bar comes back', async () => {
    knows(asked().events);
    await (await page.show(<Sidebar />)).click('Reject…');
    await page.write('Why ship is rejected', 'unclear');
    await page.show(<></>);
    await page.show(<Sidebar />);
    await page.click('Reject');
    expect(page.acts).toMatchObject([{ do: 'reject', submission: hash('f'), note: 'unclear' }]);
  });

  test('when it asks about another submission, then nothing written for the last one is kept', async () => {
    knows(asked().events);
    await (await page.show(<Sidebar />)).click('Reject…');
    await page.write('Why ship is rejected', 'unclear');
    const other = new Story().go().seal('lexer', 'vm').seal('parser').after(5).passTier('core');
    other.after(5).passGate('accept').subject('ship', 'e');
    await meanwhile(() => knows(other.events));
    expect(page.all('vscode-textarea')).toEqual([]);
    await page.click('Approve');
    expect(page.acts).toMatchObject([{ do: 'approve', submission: hash('e') }]);
  });

  test('cannot be decided in a restricted workspace', async () => {
    knows(asked().events, { trusted: false });
    await page.show(<Sidebar />);
    await page.click('Approve');
    await page.click('Reject…');
    expect(page.acts).toEqual([]);
    expect(page.text).toContain('This workspace is restricted.');
  });
});

describe('the focus, when what needed a person is decided', () => {
  /** A pause ends while the focus is on its button, and a gate still waits. */
  async function ended(isWithin: boolean): Promise<void> {
    const within = vi.spyOn(document, 'hasFocus').mockReturnValue(isWithin);
    const story = asked().do({ type: 'pause-run', by: 'sam' });
    knows(story.events);
    await page.show(<Sidebar />);
    const button = page.all('article')[1]!.querySelector<HTMLElement>('vscode-button')!;
    // The simulated browser does not know that such a button takes the focus.
    button.tabIndex = 0;
    HTMLElement.prototype.focus.call(button);
    expect(document.activeElement).toBe(button);
    await meanwhile(() => knows(story.do({ type: 'resume-run', by: 'sam' }).events));
    expect(page.all('article')).toHaveLength(1);
    within.mockRestore();
  }

  test('goes to the next thing as a whole, whose buttons nobody has read yet', async () => {
    await ended(true);
    expect(document.activeElement).toBe(page.all('article')[0]);
  });

  test('stays in the editor where a person has gone meanwhile', async () => {
    await ended(false);
    expect(document.activeElement).toBe(document.body);
  });
});

describe('the order', () => {
  test('is always: needs you, the run, streams, other runs', async () => {
    const key = knows(asked().events);
    const open = deskRun('20260301-0900-52d0', { driver: 'elsewhere' });
    const current = board.store.getState().desk!.runs[0]!;
    board.store.setState({ desk: deskOf({ runs: [past, open, current], current: key }) });
    await page.show(<Sidebar />);
    expect(headings()).toEqual([
      'Needs you',
      'Run ab3d · tiny',
      'Streams',
      'Pools',
      'Other open runs',
      'Past runs',
    ]);
  });

  test('puts the one primary button into the first thing that needs a person', async () => {
    knows(asked().do({ type: 'pause-run', by: 'sam' }).events);
    await page.show(<Sidebar />);
    expect(page.all('article')).toHaveLength(2);
    expect(primary()).toEqual(['Approve']);
  });

  test('tells first which other runs need a person, with how many things', async () => {
    const key = knows(new Story().go().events);
    const needy = deskRun('20260301-0900-52d0', { artifact: 'ledger', needs: 3 });
    const current = board.store.getState().desk!.runs[0]!;
    board.store.setState({ desk: deskOf({ runs: [current, needy], current: key }) });
    await page.show(<Sidebar />);
    expect(headings()[0]).toBe('Needs you');
    expect(page.all('section')[0]?.textContent).toContain('52d0 · ledger');
    await page.click('52d0 · ledger');
    expect(page.acts).toEqual([{ do: 'select-run', key: needy.key }]);
  });
});

describe('a run', () => {
  test('when its title is clicked, then its board is opened', async () => {
    const key = knows(new Story().go().events);
    await (await page.show(<Sidebar />)).click('Run ab3d · tiny');
    expect(page.acts).toEqual([{ do: 'open-board', key }]);
  });

  test('that nobody drives can be gone on with', async () => {
    knows(new Story().go().events);
    board.store.setState({ driver: 'nobody' });
    await page.show(<Sidebar />);
    expect(page.text).toContain('Interrupted');
    expect(primary()).toEqual(['Go on']);
    await page.click('Go on');
    expect(page.acts).toEqual([{ do: 'resume' }]);
  });

  test('that another process drives says so', async () => {
    knows(new Story().go().events);
    board.store.setState({ driver: 'elsewhere' });
    await page.show(<Sidebar />);
    expect(page.text).toContain('Driven by another window or process');
  });

  test('whose module cannot go on offers to amend its contract', async () => {
    const story = new Story().go();
    for (let attempt = 0; attempt < 3; attempt++) {
      story.after(60).submit('lexer').after(10).fail('lexer', 'wrong column');
    }
    knows(story.events);
    await (await page.show(<Sidebar />)).click('Amend contract…');
    expect(page.acts).toEqual([{ do: 'amend', module: 'lexer' }]);
  });

  test('whose journal cannot be read says why', async () => {
    const broken = deskRun('20260301-1200-ab3d', { problem: 'line 7 is not whole' });
    board.store.setState({ desk: deskOf({ runs: [broken], current: broken.key }) });
    await page.show(<Sidebar />);
    expect(page.text).toContain('line 7 is not whole');
  });
});

describe('past runs', () => {
  test('open their boards and their postmortems', async () => {
    const failed = deskRun('20260227-1000-0f97', { outcome: 'failed', reason: 'nothing fits' });
    board.store.setState({ desk: deskOf({ runs: [past, failed] }) });
    await page.show(<Sidebar />);
    expect(page.text).toContain('8/8 sealed · 24 min · $9.10');
    expect(page.text).toContain('Failed: nothing fits');
    await page.click('6b1e · tiny');
    await page.click('postmortem');
    expect(page.acts).toEqual([
      { do: 'open-board', key: past.key },
      { do: 'open-postmortem', key: failed.key },
    ]);
  });

  test('show names from journals without what would turn or hide text', async () => {
    const sly = deskRun('20260227-1000-0f97', {
      outcome: 'failed',
      artifact: 'a\u202eb\u001b[31mc',
      reason: '<img src=x onerror=alert(1)>',
    });
    board.store.setState({ desk: deskOf({ runs: [sly] }) });
    await page.show(<Sidebar />);
    expect(page.text).toContain('0f97 · abc');
    expect(page.text).toContain('Failed: <img src=x onerror=alert(1)>');
    expect(page.all('img')).toEqual([]);
  });
});

describe('where there is nothing yet', () => {
  test('without a folder, one can be opened', async () => {
    board.store.setState({ desk: deskOf({ folders: [] }) });
    await (await page.show(<Sidebar />)).click('Open folder…');
    expect(page.acts).toEqual([{ do: 'open-folder' }]);
  });

  test('in a restricted workspace nothing can be run, and trust can be managed', async () => {
    board.store.setState({ desk: deskOf({ trusted: false, runs: [past] }) });
    await page.show(<Sidebar />);
    expect(page.buttons('Run the example')).toEqual([]);
    expect(page.text).toContain('6b1e · tiny');
    await page.click('Manage workspace trust');
    expect(page.acts).toEqual([{ do: 'manage-trust' }]);
  });

  test('where a part of the extension cannot be loaded that stands first, with what to do, and no run is said to lack', async () => {
    const broken = 'Ashlar cannot load its own file dist/engine/engine.mjs: it ends too early.';
    board.store.setState({ desk: deskOf({ broken }) });
    await page.show(<Sidebar />);
    expect(page.all('[role="alert"]')[0]?.textContent).toContain(broken);
    expect(page.text).not.toContain('No run in this folder yet.');
    expect(page.text).not.toContain('none');
    await page.click('Reload window');
    await page.click('Show output');
    expect(page.acts).toEqual([{ do: 'reload-window' }, { do: 'show-output' }]);
    await meanwhile(() => board.store.setState({ desk: deskOf({ broken, runs: [past] }) }));
    await page.show(<Sidebar />);
    expect(page.text).toContain('6b1e · tiny');
  });

  test('without a run, the example can be run, a plan be written, and how it works be read', async () => {
    board.store.setState({ desk: deskOf() });
    await page.show(<Sidebar />);
    expect(page.text).toContain('About 1 minute. Needs no key and no network.');
    expect(primary()).toEqual(['Run the example']);
    await page.click('Run the example');
    await page.click('New plan file…');
    await page.click('How a run works');
    expect(page.acts.map((act) => act.do)).toEqual([
      'run-example',
      'create-plan',
      'open-walkthrough',
    ]);
  });

  test('plans of the folder can each be opened and run', async () => {
    const plans = [{ uri: 'file:///project/a.plan.yaml', path: 'a.plan.yaml' }];
    board.store.setState({
      desk: deskOf({ folders: [{ uri: 'file:///work', name: 'work', plans }] }),
    });
    await (await page.show(<Sidebar />)).click('a.plan.yaml');
    await page.click('Run');
    expect(page.acts).toEqual([
      { do: 'open-plan', uri: 'file:///project/a.plan.yaml' },
      { do: 'run-plan', uri: 'file:///project/a.plan.yaml' },
    ]);
  });

  test('while a run is prepared, it is said what is being done', async () => {
    const starting = { plan: 'tiny.plan.yaml', says: 'Trying the contract of parser' };
    board.store.setState({ desk: deskOf({ starting }) });
    await page.show(<Sidebar />);
    expect(page.text).toContain('Trying the contract of parser');
    expect(page.buttons('Run the example')).toEqual([]);
  });

  test('a refused start stays until it is put away', async () => {
    board.store.setState({ desk: deskOf(), refusal: 'The plan has 2 errors.' });
    await page.show(<Sidebar />);
    expect(page.all('[role=alert]')[0]?.textContent).toBe('The plan has 2 errors.');
    await page.click('Put away');
    expect(page.all('[role=alert]')).toEqual([]);
  });
});

describe('what goes on stands there to be read', () => {
  const stream = () => page.all('section[aria-label=Streams] li')[0]!;
  const facts = () =>
    [...stream().querySelectorAll('.sidebar-facts > div')].map((each) =>
      [...each.children].map((part) => part.textContent).join(': '),
    );

  test('of a stream: what it is at, what comes next, when it is done and how long it was idle', async () => {
    knows(new Story().go().after(30).progress('lexer', 'Numbers read', 0.4).events);
    await page.show(<Sidebar />);
    // Three lines say how it stands; the rest is there for whoever asks.
    expect(facts()).toEqual([]);
    const more = stream().querySelector('button')!;
    expect(more.title).toContain('Next: parser');
    await meanwhile(() => more.click());
    expect(more.getAttribute('aria-expanded')).toBe('true');
    expect(facts()).toEqual([
      'Now: lexer and vm',
      'Next: parser',
      expect.stringMatching(/^ETA: from /),
    ]);
    await meanwhile(() => knows(new Story().go().seal('lexer', 'vm').events));
    expect(facts().join('; ')).toContain('Now: parser');
    expect(facts().join('; ')).not.toContain('Next');
  });

  test('of a stream that waits for another: for whom', async () => {
    const parts = smallPlan();
    const streams = [...parts.streams, { id: streamId('back'), title: 'Back', lead: null }];
    const modules = parts.modules.map((module) =>
      module.id === 'parser' ? { ...module, stream: streamId('back') } : module,
    );
    const story = new Story({ ...parts, streams, modules }).go().after(60);
    setHostTime(story.now);
    knows(story.events);
    await page.show(<Sidebar />);
    await meanwhile(() => page.all('section[aria-label=Streams] li button')[1]!.click());
    const [back] = page.all('section[aria-label=Streams] .sidebar-facts');
    expect(back!.textContent).toContain('Waits forlexer');
    expect(back!.textContent).toContain('Idle1 min, waiting for what others build');
  });

  test('its heading leads to all streams on the board', async () => {
    knows(new Story().go().events);
    await (await page.show(<Sidebar />)).click('Streams');
    expect(page.acts).toEqual([{ do: 'show', show: { view: 'streams' } }]);
  });

  test('of a pool: how full it is, and why what waits does not begin', async () => {
    const parts = smallPlan();
    const pools = { ...parts.pools, builders: { ...parts.pools.builders, max: 1 } };
    knows(new Story({ ...parts, pools }).go().events);
    await page.show(<Sidebar />);
    const [section] = page.all('section[aria-label=Pools]');
    // In a line, until somebody wants to know more.
    expect(section!.textContent).toMatch(/^Pools1 of \d+ at work · 1 waits$/);
    await page.click('Pools');
    const [planners, builders] = page.all('section[aria-label=Pools] .pools > li');
    expect(planners!.textContent).toBe('planners0 of 1 at workNothing waits.');
    expect(builders!.textContent).toBe(
      'builders1 of 1 at work1 waits: no free builder (1 of 1 at work)',
    );
  });

  test('of a run that is over no pool is spoken of', async () => {
    knows(asked().approve('ship').deliver().events);
    await page.show(<Sidebar />);
    expect(headings()).not.toContain('Pools');
  });

  test('of conflicts: the open ones, and where all of them stand', async () => {
    knows(disputedRun().history);
    await page.show(<Sidebar />);
    const [section] = page.all('section[aria-label=Conflicts]');
    expect(section!.textContent).toContain('A verdict is disputed');
    expect(section!.textContent).toContain('lexer: you decide it');
    expect(section!.textContent).not.toContain('Two owners');
    await page.click('Show all 2');
    expect(page.acts).toEqual([{ do: 'show', show: { view: 'gates' } }]);
  });

  test('of missing prerequisites: each with what was found and what to do', async () => {
    const story = new Story({
      ...smallPlan(),
      prerequisites: [
        { name: 'docker', timeoutMs: null, remedy: null, program: 'docker', version: '>=24' },
        { name: 'key', timeoutMs: null, remedy: 'Ask Ada.', env: 'KEY', pattern: null },
      ],
    });
    const results = ['docker', 'key'].map((name) => ({
      ...{ name, passed: false },
      evidence: [{ ...evidence(`${name} is not there.`), kind: 'check' } as const],
    }));
    story.do({ type: 'record-prerequisites', order: 1 as never, results });
    knows(story.events);
    await page.show(<Sidebar />);
    const rows = page.all('.missing > li').map((row) => row.textContent);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toContain('key is not there.Ask Ada.');
    await page.click('Check again');
    expect(page.acts).toEqual([{ do: 'resume' }]);
  });
});

describe('an agent that is silent', () => {
  test('is named in the run, with for how long, and leads to its module', async () => {
    const story = new Story().go().progress('lexer', 'half', 0.5);
    knows(story.events);
    const { state } = board.store.getState().chronicle!;
    setHostTime(state.at + state.plan.stallMinutes * 60_000);
    await page.show(<Sidebar />);
    const [list] = page.all('[aria-label="Agents that are silent"]');
    expect(list?.textContent).toMatch(/lexersilent for \d+ min/);
    await page.click('lexer');
    expect(page.acts).toContainEqual({ do: 'show', show: { view: 'module', module: 'lexer' } });
    expect(page.text).toContain('running');
  });
});
