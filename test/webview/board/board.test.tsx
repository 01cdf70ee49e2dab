// @vitest-environment jsdom
import './sizes.ts';
import { act } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import { Board } from '../../../src/webview/board/Board.tsx';
import { FindModule } from '../../../src/webview/board/FindModule.tsx';
import { Tabs } from '../../../src/webview/board/Tabs.tsx';
import { board } from '../../../src/webview/store.ts';
import { Story } from '../../core/projections/story.ts';
import { deskOf, deskRun, knows, Page } from '../page.ts';

let page: Page;
// A lazy view is there as soon as its module is.
beforeAll(() => import('../../../src/webview/board/NoRun.tsx'));
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

const store = () => board.store.getState();
const press = (target: EventTarget, key: string): Promise<void> =>
  act(async () => {
    target.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }),
    );
  });

describe('a board without a run', () => {
  test('while nothing is known says that it is being read', async () => {
    await page.show(<Board />);
    expect(page.text).toContain('Reading the run…');
  });

  test('where there are plans offers to run one first', async () => {
    const plans = [{ uri: 'file:///project/a.plan.yaml', path: 'a.plan.yaml' }];
    const folders = [{ uri: 'file:///work', name: 'work', plans }];
    board.store.setState({ desk: deskOf({ folders }) });
    await page.show(<Board />);
    expect(page.all('vscode-button').map((button) => button.textContent)).toEqual([
      'Run a plan',
      'Run the example',
      'Create a plan',
    ]);
    await page.click('Run a plan');
    expect(page.acts).toEqual([{ do: 'run-plan' }]);
  });

  test('where no folder is open offers the example and to open one', async () => {
    board.store.setState({ desk: deskOf({ folders: [] }) });
    await page.show(<Board />);
    await page.click('Run the example');
    await page.click('Open a folder');
    expect(page.acts).toEqual([{ do: 'run-example' }, { do: 'open-folder' }]);
  });

  test('in a restricted workspace leads to where it is trusted, and runs nothing', async () => {
    board.store.setState({ desk: deskOf({ trusted: false }) });
    await page.show(<Board />);
    expect(page.all('vscode-button')).toHaveLength(1);
    await page.click('Manage workspace trust');
    expect(page.acts).toEqual([{ do: 'manage-trust' }]);
  });

  test('while one is being prepared says how far that is', async () => {
    const starting = { plan: 'a.plan.yaml', says: 'Copying the workspace' };
    board.store.setState({ desk: deskOf({ starting }) });
    await page.show(<Board />);
    expect(page.text).toContain('Copying the workspace');
  });

  test('whose journal cannot be read says why', async () => {
    const run = deskRun('20260301-1200-ab3d', { problem: 'line 12 is no event' });
    board.store.setState({ desk: deskOf({ runs: [run] }), key: run.key });
    await page.show(<Board />);
    expect(page.text).toContain("This run's journal cannot be read");
    expect(page.text).toContain('line 12 is no event');
  });
});

describe('a board with a run', () => {
  /** The gates view: the graph has tests of its own. */
  const opened = async (story: Story): Promise<void> => {
    knows(story.events);
    board.store.setState({ view: 'gates' });
    await page.show(<Board />);
  };

  test('shows what was refused until it is put away', async () => {
    await opened(new Story().go());
    await act(async () => board.store.setState({ refusal: 'ship is about\nsomething else now' }));
    expect(page.all('[role=alert]')[0]?.textContent).toContain('ship is about something else now');
    await page.click('Dismiss');
    expect(page.all('[role=alert]')).toEqual([]);
  });

  test('whose journal is damaged keeps what came before, and says so', async () => {
    const story = new Story().go();
    const { run } = knows(story.events);
    const desk = deskOf({ runs: [deskRun(run, { problem: 'the end is missing' })] });
    board.store.setState({ desk, view: 'gates' });
    await page.show(<Board />);
    // Its code is fetched when it is needed.
    await act(() => import('../../../src/webview/board/StandingBanners.tsx'));
    expect(page.text).toContain('The journal is damaged: the end is missing. The board shows');
    expect(page.text).toContain('tiny · run ab3d');
  });

  test('whose folder is gone says so', async () => {
    await opened(new Story().go());
    await act(async () => board.store.setState({ gone: true }));
    await act(() => import('../../../src/webview/board/StandingBanners.tsx'));
    expect(page.all('[role=alert]')[0]?.textContent).toContain('The folder of this run is gone');
  });

  test('cannot be reached under an amendment, which is put over it', async () => {
    const story = new Story().go().seal('lexer');
    await opened(story);
    expect(page.all('.board-run')[0]?.hasAttribute('inert')).toBe(false);
    await act(async () => store().amend(moduleId('lexer')));
    // Its code is fetched when it is asked for.
    await act(() => import('../../../src/webview/amendment/Amendment.tsx'));
    expect(page.all('.board-run')[0]?.hasAttribute('inert')).toBe(true);
    expect(page.all('[role=dialog]')).toHaveLength(1);
  });
});

describe('the tabs', () => {
  test('count what waits for a person beside the gates', async () => {
    const story = new Story().toApproval();
    knows(story.events);
    await page.show(<Tabs state={story.state} tools={null} />);
    const tabs = page.all('[role=tab]').map((tab) => tab.textContent);
    expect(tabs[0]).toBe('Graph');
    expect(tabs[1]).toBe('Streams');
    expect(tabs[2]).toContain('1 thing for you to do');
  });

  test('are walked with the arrow keys, in a ring', async () => {
    const story = new Story().go();
    knows(story.events);
    await page.show(<Tabs state={story.state} tools={null} />);
    await press(page.all('[role=tab]')[0]!, 'ArrowRight');
    expect(store().view).toBe('streams');
    expect(document.activeElement?.textContent).toBe('Streams');
    await press(document.activeElement!, 'ArrowLeft');
    await press(document.activeElement!, 'ArrowLeft');
    expect(store().view).not.toBe('graph');
    await press(document.activeElement!, 'ArrowRight');
    expect(store().view).toBe('graph');
  });
});

describe('the search for a module', () => {
  const open = async (): Promise<HTMLInputElement> => {
    const story = new Story().go();
    knows(story.events);
    await page.show(<FindModule plan={story.state.plan} />);
    return page.all('input')[0] as HTMLInputElement;
  };
  const options = (): (string | null)[] =>
    page.all('[role=option]').map((option) => option.firstElementChild!.textContent);

  test('is reached by / from anywhere, and not from where it can be typed', async () => {
    const input = await open();
    const other = document.body.appendChild(document.createElement('textarea'));
    other.focus();
    await press(other, '/');
    expect(document.activeElement).toBe(other);
    await press(document.body, '/');
    expect(document.activeElement).toBe(input);
  });

  test('lists what it finds with its state; Enter selects and reveals what is marked', async () => {
    const input = await open();
    await page.write('Find module', 'er');
    expect(options()).toEqual(['lexer', 'parser']);
    expect(page.text).toContain('Waiting for lexer');
    await press(input, 'ArrowDown');
    await press(input, 'ArrowDown');
    await press(input, 'Enter');
    expect(store()).toMatchObject({ selected: 'parser', focus: { module: 'parser' } });
    expect(input.value).toBe('');
  });

  test('says so where there is none', async () => {
    const input = await open();
    await page.write('Find module', 'zebra');
    expect(page.text).toContain('No module has that in its name, stream, paths or purpose.');
    await press(input, 'Enter');
    expect(store().selected).toBeNull();
  });

  test('is cleared by Escape', async () => {
    const input = await open();
    await page.write('Find module', 'vm');
    await press(input, 'Escape');
    expect(input.value).toBe('');
    expect(options()).toEqual([]);
  });
});
