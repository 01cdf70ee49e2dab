// @vitest-environment jsdom
import '../board/sizes.ts';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
