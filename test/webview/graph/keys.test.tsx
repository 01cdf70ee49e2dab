// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import { RunBoard } from '../../../src/webview/board/RunBoard.tsx';
import { keyGroups } from '../../../src/webview/keys/key-list.ts';
import { board, useBoard } from '../../../src/webview/store.ts';
import { knows } from '../page.ts';
import { FlowPage } from './flow-page.ts';

const recorded = readFileSync(join(import.meta.dirname, '../journals/tiny-lang.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));

let page: FlowPage;
beforeEach(() => {
  page = new FlowPage();
});
afterEach(() => page.close());

const store = () => board.store.getState();

function Shown() {
  const chronicle = useBoard((state) => state.chronicle);
  return chronicle === null ? null : <RunBoard chronicle={chronicle} />;
}

async function boardAt(seq: number): Promise<void> {
  knows(recorded.slice(0, seq));
  await page.show(<Shown />);
  await act(async () => vi.dynamicImportSettled());
}

async function press(key: string, on: Element = document.activeElement!): Promise<void> {
  await act(async () => {
    on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await vi.dynamicImportSettled();
  });
}

const focus = (name: string): void => {
  const node = store().chronicle!.state.graph.moduleIndex.get(moduleId(name))!;
  act(() => page.node(node).focus());
};
const notice = () => page.all('.notice')[0]?.textContent;

describe('a key for each action', () => {
  test('acts on the module that has the focus, as its drawer does', async () => {
    await boardAt(200);
    focus('parser');
    await press('o');
    await press('v');
    await press('d');
    await press('t');
    expect(page.acts.filter((each) => each.do !== 'show')).toEqual([
      { do: 'open-contract', module: 'parser', version: 2 },
      { do: 'diff-contract', module: 'parser', from: 1, to: 2 },
      expect.objectContaining({ do: 'diff-submission', module: 'parser' }),
      { do: 'open-transcript', module: 'parser' },
    ]);
  });

  test('begins an amendment where the rules allow one', async () => {
    await boardAt(200);
    focus('parser');
    await press('a');
    expect(page.acts).toEqual([{ do: 'amend', module: 'parser' }]);
    expect(store().amending).toBe('parser');
  });

  test('says why not, and does nothing, where that is not possible', async () => {
    await boardAt(200);
    focus('parser');
    await press('r');
    expect(page.acts).toEqual([]);
    expect(store().amending).toBeNull();
    expect(notice()).toBe('Reopen parser: Reopen needs a seal first');
    focus('cli');
    await press('v');
    expect(notice()).toBe('The contract of cli was not amended');
  });

  test('changes nothing at an earlier moment', async () => {
    await boardAt(277);
    act(() => store().goTo(200));
    focus('parser');
    await press('a');
    await press('m');
    expect(page.acts).toEqual([]);
    expect(notice()).toContain('This is an earlier moment');
  });

  test('says why a module waits, and shows what holds it up', async () => {
    await boardAt(205);
    focus('cli');
    await press('w');
    expect(notice()).toMatch(/^cli /);
    expect(store().traces.blockers).toBe(true);
    expect(store().selected).toBe('cli');
  });

  test('does nothing where a person writes, nor where the focus is elsewhere', async () => {
    await boardAt(200);
    act(() => store().select(moduleId('parser')));
    await press('o', page.all('.find input')[0]);
    await press('o', document.body);
    expect(page.acts).toEqual([]);
  });
});

describe('the sheet of keys', () => {
  test('opens by its key and its button, lists every key, and gives the focus back', async () => {
    await boardAt(200);
    focus('parser');
    await press('?');
    const [sheet] = page.all('[role=dialog]');
    expect(document.activeElement).toBe(sheet);
    for (const { keys } of keyGroups())
      for (const [, does] of keys) expect(sheet!.textContent).toContain(does);
    await press('Escape');
    expect(page.all('[role=dialog]')).toEqual([]);
    expect(document.activeElement?.textContent).toMatch(/^parser/);
    await page.click('Keys of the board (?)');
    expect(page.all('[role=dialog]')).toHaveLength(1);
  });

  test('can be turned off and on where they are letters or signs, for all boards', async () => {
    await boardAt(200);
    await page.click('Keys of the board (?)');
    const [sheet] = page.all('[role=dialog]');
    // Tab goes round in the sheet, both ways.
    const reached = async (shiftKey: boolean): Promise<string> => {
      await act(async () => {
        document.activeElement!.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Tab', shiftKey, bubbles: true, cancelable: true }),
        );
      });
      return document.activeElement!.tagName;
    };
    expect([await reached(false), await reached(false), await reached(false)]).toEqual([
      'BUTTON',
      // The keys themselves, which are scrolled where there is little room.
      'DIV',
      'INPUT',
    ]);
    expect([await reached(false), await reached(true)]).toEqual(['BUTTON', 'INPUT']);
    const letters = sheet!.querySelector('input')!;
    expect(letters.checked).toBe(true);
    await act(async () => letters.click());
    expect(localStorage.getItem('ashlar.single-keys')).toBe('off');
    await press('Escape');

    focus('parser');
    const before = page.acts.length;
    for (const key of ['o', 'd', 't', 'b', 'f', 'x', '?', '/']) await press(key);
    expect(page.acts).toHaveLength(before);
    expect(page.all('[role=dialog]')).toEqual([]);
    expect(document.activeElement?.textContent).toMatch(/^parser/);
    expect(store().folded.size).toBe(0);
    // What is no letter acts all the same.
    await press('Enter');
    expect(store().selected).toBe('parser');

    // Turned on and off in another board that is open, they are here too.
    const elsewhere = (on: 'on' | 'off'): Promise<void> =>
      act(async () => {
        localStorage.setItem('ashlar.single-keys', on);
        window.dispatchEvent(new StorageEvent('storage', { key: 'ashlar.single-keys' }));
      });
    await elsewhere('on');
    focus('parser');
    await press('?');
    expect(page.all('[role=dialog]')).toHaveLength(1);
    await press('Escape');
    await elsewhere('off');
    await press('?');
    expect(page.all('[role=dialog]')).toEqual([]);

    await page.click('Keys of the board (?)');
    await act(async () => page.all('[role=dialog] input')[0]!.click());
    await press('Escape');
    focus('parser');
    await press('?');
    expect(page.all('[role=dialog]')).toHaveLength(1);
    expect(localStorage.getItem('ashlar.single-keys')).toBe('on');
  });

  test('says of each key what the handbook says', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../docs/editor.md'), 'utf8');
    const keys = text.slice(text.indexOf('## Keys of the board'));
    const told = new Set(
      keys
        .split('\n')
        .flatMap((row) => row.split('|')[2]?.split(/,| or /) ?? [])
        .map((key) => key.trim()),
    );
    const letters = keyGroups().flatMap((group) => group.keys.flatMap(([names]) => names));
    expect(
      letters.filter((key) => key.length === 1 && !/[↑↓←→]/.test(key) && !told.has(key)),
    ).toEqual([]);
  });
});

describe('zoom to the selection', () => {
  test('is reached by a key and a button', async () => {
    await boardAt(200);
    const asked: unknown[] = [];
    board.store.subscribe(({ focus: now }, { focus: before }) => {
      if (now !== null && now !== before) asked.push(now);
    });
    focus('parser');
    await press('z');
    expect(asked).toEqual([{ module: 'parser', near: true }]);
    act(() => store().select(moduleId('vm')));
    await page.click('Zoom to vm');
    expect(asked[1]).toEqual({ module: 'vm', near: true });
  });
});
