// @vitest-environment jsdom
import '../board/sizes.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { streamId } from '../../../src/core/ids.ts';
import { setHostTime } from '../../../src/webview/clock.ts';
import { board } from '../../../src/webview/store.ts';
import { Streams } from '../../../src/webview/streams/Streams.tsx';
import { given } from '../../support/scenario.ts';
import { unserved } from '../../support/scenario-moves.ts';
import { smallPlan, Story } from '../../core/projections/story.ts';
import { knows, meanwhile, Page } from '../page.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

/** lexer and vm in one stream, parser, which needs lexer, in the other. */
function apart(): Story {
  const plan = smallPlan();
  const streams = [...plan.streams, { id: streamId('back'), title: 'Back', lead: null }];
  const modules = plan.modules.map((module) =>
    module.id === 'parser' ? { ...module, stream: streamId('back') } : module,
  );
  return new Story({ ...plan, streams, modules }).go();
}

/** By column; what is not known stands as a dash. */
const row = (at: number): Record<string, string> =>
  Object.fromEntries(
    [...(page.all('.stream-table tbody tr')[at]?.querySelectorAll('td') ?? [])].map((cell) => [
      cell.dataset.name ?? '',
      cell.textContent,
    ]),
  );

describe('the streams of a run', () => {
  test('say each what it does, waits for and does next, when it is done, and how long it was idle', async () => {
    const story = apart().after(60);
    setHostTime(story.now);
    knows(story.events);
    await page.show(<Streams />);
    expect(row(0)).toMatchObject({ Now: 'lexer and vm', 'Waits for': '–', Next: '–', Idle: '–' });
    expect(row(1)).toMatchObject({ Now: '–', 'Waits for': 'lexer', Next: 'parser' });
    expect(row(1).ETA).toMatch(/^from \d+ min$/);
    expect(row(1).Idle).toBe('1 min, waiting for what others build');
  });

  test('stand still while nobody drives the run', async () => {
    const story = apart();
    knows(story.events);
    setHostTime(story.now + 3_600_000);
    await page.show(<Streams />);
    expect(row(1).Idle).toMatch(/^1 h 00 min/);
    await meanwhile(() => board.store.setState({ driver: 'nobody' }));
    expect(row(1).Idle).toBe('–');
    expect(page.all('.icon-spin')).toEqual([]);
  });

  test('say of a pool whose provider serves nobody why it waits, and let a person act on it', async () => {
    const run = given(smallPlan(), unserved('generate', 'lexer'));
    setHostTime(run.state.at);
    knows(run.history);
    await page.show(<Streams />);
    const [, builders] = page.all('.pools > li');
    expect(builders!.textContent).toContain('scripted serves nobody (overloaded)');
    await page.click('Try again now');
    await page.click('Switch builders…');
    expect(page.acts).toEqual([
      { do: 'retry-provider' },
      { do: 'switch-agents', pool: 'builders' },
    ]);
  });

  test('have the pools beside them while the run goes on', async () => {
    knows(new Story().go().events);
    await page.show(<Streams />);
    expect(page.all('.pools > li')).toHaveLength(3);
    await meanwhile(() => knows(new Story().toApproval().approve('ship').deliver().events));
    expect(page.all('.pools')).toEqual([]);
  });

  test('that a plan does not have are explained', async () => {
    const plan = smallPlan();
    knows(new Story({ ...plan, streams: [] }).events);
    await page.show(<Streams />);
    expect(page.text).toContain('The plan names no streams.');
  });
});
