// @vitest-environment jsdom
import './sizes.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { chronicle } from '../../../src/core/projections/chronicle.ts';
import { Header } from '../../../src/webview/board/Header.tsx';
import { setHostTime } from '../../../src/webview/clock.ts';
import { board } from '../../../src/webview/store.ts';
import { smallPlan, Story } from '../../core/projections/story.ts';
import { deskOf, knows, Page } from '../page.ts';
import { rowIs } from './sizes.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

/** The header of that run, at the moment of its last event or some seconds later. */
async function headerOf(story: Story, seconds = 0): Promise<void> {
  setHostTime(story.now + seconds * 1000);
  await show(story.events);
}

async function show(events: readonly RunEvent[]): Promise<void> {
  await page.show(<Header chronicle={chronicle(events)!} />);
}

const metric = (name: string): string =>
  page.all(`[role=group][aria-label="${name}"] .metric-value`)[0]?.textContent ?? 'not there';
const controls = (): string[] =>
  page.all('.run-controls vscode-button').map((button) => button.textContent);
const phase = (): string => page.all('.metric-word')[0]!.textContent;

/** lexer and vm are being built, parser waits for lexer. */
const building = () => new Story().go().after(30);
const finished = () => new Story().toApproval().approve('ship').deliver();

describe('the header of a run that is at work', () => {
  test('names the artifact, the run by its last letters, and the phase', async () => {
    const story = building();
    knows(story.events);
    await headerOf(story);
    expect(page.text).toContain('tiny · run ab3d');
    expect(phase()).toBe('Building');
  });

  test('counts what is sealed, at work and spent against its budget', async () => {
    const story = building().seal('lexer').after(5);
    knows(story.events);
    await headerOf(story);
    expect(metric('Sealed')).toContain('1/3');
    expect(metric('At work')).toBe('2 running');
    expect(metric('Tokens')).toBe('1.1 k of 1 M');
    expect(metric('Cost')).toBe('$0.26 of $20');
  });

  test('names no cost that nobody knows', async () => {
    const plan = smallPlan();
    const { builders } = plan.pools;
    const pools = { ...plan.pools, builders: { ...builders, agent: 'vscode-lm' } };
    const story = new Story({ ...plan, pools }).go().after(30).submit('lexer');
    knows(story.events);
    await headerOf(story);
    expect(metric('Cost')).toBe('$ ? of $20');
    story.pass('lexer');
    await headerOf(story);
    expect(metric('Cost')).toBe('$0.26 + ? of $20');
  });

  test('sets as many stones of its course as there are seals', async () => {
    const story = building().seal('lexer');
    knows(story.events);
    await headerOf(story);
    const stones = page.all('.course i').map(({ className }) => className);
    expect(stones).toEqual(['course-set', 'course-at-work', 'course-at-work']);
  });

  test('says what work side by side has saved, and by which factor', async () => {
    // lexer and vm are worked on from the first second, 60 s and 10 s each.
    const story = new Story().go().seal('lexer', 'vm');
    knows(story.events);
    await headerOf(story);
    expect(metric('Saved vs sequential')).toBe('1 min 10 s2.0×');
  });

  test('goes on counting time between events, and tells what is left as a range', async () => {
    const story = building();
    knows(story.events);
    await headerOf(story, 12);
    expect(metric('Elapsed · ETA')).toMatch(/^0:42· \d+–\d+ min$/);
  });

  test('names what holds others up; its name selects it and brings it into view', async () => {
    const story = building();
    knows(story.events);
    board.store.setState({ view: 'gates' });
    await headerOf(story);
    expect(metric('Waiting')).toBe('1 blocked on lexer');
    await page.click('lexer');
    expect(board.store.getState()).toMatchObject({
      view: 'graph',
      selected: 'lexer',
      focus: { module: 'lexer' },
    });
  });

  test('can be paused and cancelled', async () => {
    const story = building();
    knows(story.events);
    await headerOf(story);
    await page.click('Pause');
    await page.click('Cancel…');
    expect(page.acts).toEqual([{ do: 'pause' }, { do: 'cancel' }]);
  });
});

describe('the header of a run that needs a person', () => {
  test('says so and how many things there are, and leads to them', async () => {
    const story = new Story().toApproval();
    knows(story.events);
    await headerOf(story);
    expect(phase()).toBe('Waits for you');
    await page.click('Needs you · 1');
    expect(board.store.getState().view).toBe('gates');
  });

  test('that has used up its budget offers to raise it', async () => {
    const story = building();
    const events = story.events;
    knows(events);
    const folded = chronicle(events)!;
    const state = {
      ...folded.state,
      exhausted: [{ scope: 'run', what: 'tokens', least: null, since: 0 }],
    } as const;
    await page.show(<Header chronicle={{ ...folded, state }} />);
    expect(controls()).toEqual(['Raise budget…', 'Pause', 'Cancel…']);
  });

  test('that is paused can be resumed', async () => {
    const story = building().do({ type: 'pause-run', by: 'sam' });
    knows(story.events);
    await headerOf(story, 100);
    expect(phase()).toBe('Paused');
    expect(metric('Elapsed · ETA')).toBe('0:30');
    await page.click('Resume');
    expect(page.acts).toEqual([{ do: 'resume' }]);
  });
});

describe('the header of a run whose prerequisites', () => {
  const story = (): Story =>
    new Story({
      ...smallPlan(),
      prerequisites: ['node', 'docker'].map((name) => ({
        ...{ name, run: 'true', timeoutMs: null, remedy: null },
      })),
    });
  const tell = (name: string, passed: boolean) => ({
    ...({ type: 'record-prerequisite', order: 1 as never } as const),
    result: { name, passed, evidence: [] },
  });

  test('are being checked says how many are', async () => {
    const begun = story().do(tell('docker', true));
    knows(begun.events);
    await headerOf(begun);
    expect(phase()).toBe('Checking prerequisites 1/2');
  });

  test('are missing says so, and checks them again', async () => {
    const results = [tell('node', true).result, tell('docker', false).result];
    const begun = story().do({ type: 'record-prerequisites', order: 1 as never, results });
    knows(begun.events);
    await headerOf(begun);
    expect(phase()).toBe('Prerequisites missing');
    expect(controls()).toEqual(['Check again', 'Cancel…']);
    await page.click('Check again');
    expect(page.acts).toEqual([{ do: 'resume' }]);
  });
});

describe('the header of a run that nobody drives', () => {
  test('says that it was interrupted, offers to go on, and its clock stands still', async () => {
    const story = building();
    knows(story.events);
    board.store.setState({ driver: 'nobody' });
    await headerOf(story, 600);
    expect(phase()).toBe('Interrupted');
    expect(metric('At work')).toBe('nothing');
    expect(metric('Elapsed · ETA')).toMatch(/^0:00/);
    await page.click('Go on');
    expect(page.acts).toEqual([{ do: 'resume' }]);
  });

  test('and that waits for a person was not interrupted', async () => {
    const story = new Story().toApproval();
    knows(story.events);
    board.store.setState({ driver: 'nobody' });
    await headerOf(story);
    expect(phase()).toBe('Waits for you');
    expect(controls()).not.toContain('Go on');
  });
});

describe('the header of a run that another window drives', () => {
  test('says so', async () => {
    const story = building();
    knows(story.events);
    board.store.setState({ driver: 'elsewhere' });
    await headerOf(story);
    expect(page.text).toContain('driven by another window');
  });
});

describe('the header of a run that is over', () => {
  test('says how it ended and where its result lies, and leads to the postmortem', async () => {
    const story = finished();
    const { phase: at } = story.state;
    if (at.at !== 'finished') throw new Error(at.at);
    story.do({ type: 'record-postmortem', order: at.order, digest: 'a'.repeat(64) as never });
    const key = knows(story.events);
    await headerOf(story, 500);
    expect(phase()).toBe('Complete');
    expect(metric('Delivered to branch')).toBe('ashlar/20260301-1200-ab3d');
    expect(metric('Waiting')).toBe('not there');
    expect(controls()).toEqual(['Open postmortem']);
    await page.click('Open postmortem');
    expect(page.acts).toEqual([{ do: 'open-postmortem', key }]);
  });

  test('while its report is being written offers nothing', async () => {
    const story = finished();
    knows(story.events);
    await headerOf(story);
    expect(phase()).toBe('Writing the report');
    expect(controls()).toEqual([]);
  });
});

test('in a restricted workspace a run is looked at, not driven', async () => {
  const story = building();
  knows(story.events, deskOf({ trusted: false }));
  await headerOf(story);
  expect(controls()).toEqual([]);
});

describe('a header that is too narrow', () => {
  const widths = [1_200, 1_080, 960, 850, 700, 600, 500, 400, 300];
  test.each([
    [1_300, '0'],
    [1_100, '1'],
    [960, '2'],
    [900, '3'],
    [750, '4'],
    [600, '5'],
    [590, '6'],
    [450, '7'],
    [200, '8'],
  ])('of %i px lets as many metrics leave as it must: %s', async (width, gone) => {
    rowIs(width, widths);
    const story = building();
    knows(story.events);
    await headerOf(story);
    expect(page.all('.header-metrics')[0]!.dataset.gone).toBe(gone);
  });

  test('loses tokens first, then what was saved, at work, cost; then time, what waits, and the seals', async () => {
    rowIs(2_000, widths);
    const story = building();
    knows(story.events);
    await headerOf(story);
    const leaving = ['first', 'second', 'third', 'fourth', 'sixth', 'seventh', 'eighth'].map(
      (step) => page.all(`.leaves-${step}`).map((each) => each.getAttribute('aria-label')),
    );
    expect(leaving).toEqual([
      ...[['Tokens'], ['Saved vs sequential'], ['At work'], ['Cost']],
      ...[['Elapsed · ETA'], ['Waiting'], ['Sealed']],
    ]);
  });
});
