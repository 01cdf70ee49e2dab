// @vitest-environment jsdom
import '../board/sizes.ts';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import type { Travel } from '../../../src/protocol/board.ts';
import { board } from '../../../src/webview/store.ts';
import { TimeBar } from '../../../src/webview/time/TimeBar.tsx';
import { Story } from '../../core/projections/story.ts';
import { knows, Page } from '../page.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

const moment = () => board.store.getState().moment;
const press = (key: string, shiftKey = false): Promise<void> =>
  act(async () => {
    const [slider] = page.all('[role=slider]');
    slider?.dispatchEvent(
      new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }),
    );
  });

/** lexer fails once and passes, then all wait for a person's approval. */
const story = () =>
  new Story().go().after(60).submit('lexer').after(10).fail('lexer', 'wrong column');

describe('time travel by keys', () => {
  test('goes back by event, and Home and End are the beginning and the present', async () => {
    const { events } = story();
    knows(events);
    await page.show(<TimeBar />);
    await press('ArrowLeft');
    expect(moment()).toBe(events.length - 1);
    await press('ArrowLeft');
    expect(moment()).toBe(events.length - 2);
    await press('ArrowRight');
    await press('ArrowRight');
    expect(moment()).toBeNull();
    await press('Home');
    expect(moment()).toBe(1);
    await press('ArrowLeft');
    expect(moment()).toBe(1);
    await press('End');
    expect(moment()).toBeNull();
  });

  test('jumps to the failure before, and says what happened', async () => {
    const { events } = story().seal('lexer', 'vm');
    knows(events);
    await page.show(<TimeBar />);
    await press('F', true);
    const at = moment()!;
    expect(events[at - 1]).toMatchObject({ type: 'verdict-given', gate: 'module:lexer' });
    expect(page.text).toContain(`event ${at} of ${events.length}`);
    const [slider] = page.all('[role=slider]');
    expect(slider?.getAttribute('aria-valuetext')).toMatch(/^1:10, lexer: FAIL/);
    // There is none before it.
    await press('F', true);
    expect(moment()).toBe(at);
    await page.click('Back to live');
    expect(moment()).toBeNull();
  });
});

test('a long wait for a person is drawn short, and says so', async () => {
  const told = new Story().toApproval().after(660).approve('ship').deliver();
  knows(told.events);
  await page.show(<TimeBar />);
  const [slider] = page.all('[role=slider]');
  const words = document.getElementById(slider?.getAttribute('aria-describedby') ?? '');
  expect(words?.textContent).toBe('11 min waiting for you, drawn short');
  expect(page.all('.time-break title')).toHaveLength(1);
});

describe('time travel by buttons', () => {
  test('in the present there is nothing after; at the beginning nothing before', async () => {
    knows(story().events);
    await page.show(<TimeBar />);
    expect(page.button('Next event')).toHaveProperty('disabled', true);
    await page.click('Previous event');
    expect(page.button('Next event')).toHaveProperty('disabled', false);
    await press('Home');
    expect(page.button('Previous event')).toHaveProperty('disabled', true);
  });

  test('plays from the beginning until it is stopped', async () => {
    knows(story().events);
    await page.show(<TimeBar />);
    await page.click('Replay from here');
    expect(moment()).toBe(1);
    await page.click('Stop the replay');
    expect(page.buttons('Replay from here')).toHaveLength(1);
  });
});

describe('time travel by commands of the editor', () => {
  const asks = (to: Travel): Promise<void> =>
    act(async () => board.store.setState({ asked: { to } }));
  const aloud = (): string => page.all('[role=status]')[0]?.textContent ?? '';

  test('goes by event, to what is sought, and back to live, and says where that is', async () => {
    const { events } = story().seal('lexer', 'vm');
    knows(events);
    await page.show(<TimeBar />);
    await asks('previous-event');
    expect(moment()).toBe(events.length - 1);
    await asks('previous-failure');
    const at = moment()!;
    expect(events[at - 1]).toMatchObject({ type: 'verdict-given', gate: 'module:lexer' });
    expect(aloud()).toMatch(/^1:10, lexer: FAIL/);
    await asks('previous-failure');
    expect(moment()).toBe(at);
    expect(aloud()).toBe('There is no other failure on that side.');
    await asks('next-verdict');
    expect(events[moment()! - 1]).toMatchObject({ type: 'verdict-given', verdict: 'PASS' });
    await asks('live');
    expect(moment()).toBeNull();
    expect(aloud()).toBe('Live');
    await asks('next-event');
    expect(moment()).toBeNull();
  });

  test('plays and stops', async () => {
    knows(story().events);
    await page.show(<TimeBar />);
    await asks('play');
    expect(page.buttons('Stop the replay')).toHaveLength(1);
    await asks('play');
    expect(page.buttons('Replay from here')).toHaveLength(1);
  });

  test('stays where a text is written', async () => {
    knows(story().events);
    await page.show(<TimeBar />);
    const field = document.body.appendChild(document.createElement('textarea'));
    field.focus();
    await asks('previous-event');
    await asks('play');
    expect(moment()).toBeNull();
    expect(page.buttons('Replay from here')).toHaveLength(1);
    field.blur();
    await asks('previous-event');
    expect(moment()).not.toBeNull();
  });

  test('stays where an amendment is written', async () => {
    knows(story().events);
    board.store.setState({ amending: moduleId('lexer') });
    await page.show(<TimeBar />);
    await asks('previous-event');
    expect(moment()).toBeNull();
  });
});
