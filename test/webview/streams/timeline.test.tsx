// @vitest-environment jsdom
import '../board/sizes.ts';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { moduleId, streamId } from '../../../src/core/ids.ts';
import { setHostTime } from '../../../src/webview/clock.ts';
import { board } from '../../../src/webview/store.ts';
import { Streams } from '../../../src/webview/streams/Streams.tsx';
import { smallPlan, Story } from '../../core/projections/story.ts';
import { knows, meanwhile, Page } from '../page.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

async function shown(story: Story): Promise<void> {
  setHostTime(story.now);
  knows(story.events);
  await page.show(<Streams />);
}

const names = (): string[] => page.all('[role=treegrid] [role=row]').map((row) => row.dataset.row!);
const row = (key: string): HTMLElement =>
  page.all('[role=treegrid] [role=row]').find((each) => each.dataset.row === key)!;
/** What is read aloud of a lane, in order. */
const told = (key: string): string[] =>
  [...row(key).querySelectorAll('[role=gridcell]')].map((cell) => cell.ariaLabel ?? '');
const press = (key: string): Promise<void> =>
  act(async () => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  });
const focused = (): string | null => document.activeElement?.getAttribute('aria-label') ?? null;

/** lexer fails, is built again and sealed; parser builds. */
const story = () =>
  new Story()
    .go()
    .after(60)
    .submit('lexer')
    .after(10)
    .fail('lexer', 'wrong column')
    .seal('lexer')
    .after(20);

describe('the time line', () => {
  test('has a lane a module by stream, and tells in words what it shows', async () => {
    await shown(story());
    const all = ['main', 'module:lexer', 'module:parser', 'module:vm'];
    expect(names()).toEqual([...all, ':gates', 'tier:core', 'gate:accept', 'gate:ship']);
    expect(told('module:lexer')).toEqual([
      'lexer, Working, 0:00–1:00, 1 min',
      'lexer, In review, 1:00–1:10, 10 s',
      'lexer, FAIL: unit · reads numbers · tests/a.test.js:7: wrong column, at 1:10',
      'lexer, Working, attempt 2, 1:10–2:10, 1 min',
      'lexer, In review, 2:10–2:20, 10 s',
      'lexer, Sealed, at 2:20',
    ]);
    expect(told('module:parser')[0]).toBe('parser, Waits for lexer, 0:00–2:20, 2 min 20 s');
    expect(page.all('.tl-now')[0]?.textContent).toBe('now 2:40');
  });

  test('shows an earlier moment as it was', async () => {
    const run = story();
    await shown(run);
    const sealed = run.events.findIndex(({ type }) => type === 'module-sealed');
    await meanwhile(() => board.store.getState().goTo(sealed - 1));
    expect(told('module:lexer').join()).not.toContain('Sealed');
    expect(page.all('.tl-now')[0]?.textContent).toBe('at 2:20');
    await meanwhile(() => board.store.getState().goTo(null));
    expect(told('module:lexer').join()).toContain('Sealed');
  });

  test('goes by arrows from lane to lane and along a lane, and Enter opens the module', async () => {
    await shown(story());
    await act(async () => row('main').focus());
    await press('ArrowDown');
    expect(document.activeElement).toBe(row('module:lexer'));
    await press('ArrowRight');
    expect(focused()).toBe('lexer, Working, 0:00–1:00, 1 min');
    expect(page.all('[role=tooltip]')[0]?.textContent).toContain('Working');
    await press('ArrowRight');
    expect(focused()).toBe('lexer, In review, 1:00–1:10, 10 s');
    await press('Escape');
    expect(page.all('[role=tooltip]')).toEqual([]);
    await press('ArrowDown');
    await press('Enter');
    expect(board.store.getState()).toMatchObject({ view: 'graph', selected: 'parser' });
  });

  test('folds a stream into one lane, and unfolds it again', async () => {
    await shown(story());
    await act(async () => row('module:vm').focus());
    await press('ArrowLeft');
    expect(document.activeElement).toBe(row('main'));
    await press('ArrowLeft');
    expect(row('main').ariaExpanded).toBe('false');
    expect(names()).not.toContain('module:vm');
    expect(told('main')[0]).toBe('Main, Up to 2 modules working at once, 0:00–now, 2 min 40 s');
    expect(told('main')[1]).toMatch(/^Main, lexer: FAIL: .*wrong column, at 1:10$/);
    await press('ArrowRight');
    expect(names()).toContain('module:vm');
  });

  test('zooms in from what fits, and back', async () => {
    await shown(story());
    const width = (): string => page.all('.tl-content')[0]!.style.width;
    const fit = width();
    expect(page.button('Zoom out')).toHaveProperty('disabled', true);
    await page.click('Zoom in');
    expect(Number.parseFloat(width())).toBeGreaterThan(Number.parseFloat(fit));
    await page.click('Fit the time line');
    expect(width()).toBe(fit);
  });

  test('of a thousand modules begins folded, and draws no lane that is out of sight', async () => {
    const plan = smallPlan();
    const [first] = plan.modules;
    const modules = Array.from({ length: 1_000 }, (_, at) => ({
      ...first!,
      id: moduleId(`m${at}`),
      owns: [`src/m${at}/**`],
      stream: streamId(`s${at % 4}`),
    }));
    const streams = [0, 1, 2, 3].map((at) => ({
      ...{ id: streamId(`s${at}`), title: `Stream ${at}`, lead: null },
    }));
    await shown(new Story({ ...plan, modules, streams, tiers: [], gates: [] }).go().after(60));
    expect(names()).toEqual(['s0', 's1', 's2', 's3']);
    await page.click('Unfold all streams');
    expect(names().length).toBeLessThan(60);
    expect(page.all('[role=treegrid]')[0]?.ariaRowCount).toBe('1004');
    await act(async () => row('s0').focus());
    await press('End');
    expect(document.activeElement).toBe(row('module:m999'));
  });
});
