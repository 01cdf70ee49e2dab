// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { upcastEvent } from '../../../src/core/upcast.ts';
import { setHostTime } from '../../../src/webview/clock.ts';
import { Graph } from '../../../src/webview/graph/Graph.tsx';
import { board } from '../../../src/webview/store.ts';
import { given } from '../../support/scenario.ts';
import { plan } from '../../support/scenario-plan.ts';
import { knows, meanwhile } from '../page.ts';
import { FlowPage, spokenName } from './flow-page.ts';

const recorded = readFileSync(join(import.meta.dirname, '../journals/tiny-lang.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));
/** The recorded run up to and with the event of that number. */
const until = (seq: number): RunEvent[] => recorded.slice(0, seq);

let page: FlowPage;
beforeEach(() => {
  page = new FlowPage();
});
afterEach(() => page.close());

const store = () => board.store.getState();
const node = (name: string): number =>
  store().chronicle!.state.graph.moduleIndex.get(moduleId(name))!;

async function graphAt(events: readonly RunEvent[]): Promise<void> {
  knows(events);
  await page.show(<Graph />);
}

const press = (key: string): void => {
  act(() => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });
};

describe('a card', () => {
  test('says what its module is at, in words and aloud', async () => {
    await graphAt(until(120));
    const lexer = page.node(node('lexer'));
    expect(spokenName(lexer)).toMatch(/^lexer v 1 Sealed .*PASS 17 \/ 17 /);
    expect(lexer.textContent).toContain('PASS17/17');
    expect(lexer.textContent).toContain('Frontend·attempt 1');
    const optimizer = page.node(node('optimizer'));
    expect(spokenName(optimizer)).toMatch(/^optimizer v 1 Building .*\d+ %/);
    expect(optimizer.textContent).toContain('no verdict yet');
    expect(page.node(node('cli')).textContent).toContain('Waiting for');
  });

  test('turns only where an agent is at work', async () => {
    await graphAt(until(120));
    for (const card of page.all('.card')) {
      const working = /Building|Revising/.test(card.textContent);
      expect(card.querySelector('.icon-spin') !== null, card.textContent).toBe(working);
    }
  });

  test('marks the version of an amended contract, and keeps the seal before it as a ghost', async () => {
    await graphAt(until(200));
    const parser = page.node(node('parser'));
    expect(parser.querySelector('.version-amended')?.textContent).toBe('v2');
    expect(parser.textContent).toContain('Reopened');
    expect(page.node(node('lexer')).querySelector('.version-amended')).toBeNull();
  });

  test('changes when its module does, and no other card with it', async () => {
    await graphAt(until(261));
    const before = page.all('.card').map((card) => card.innerHTML);
    const cli = page.node(node('cli'));
    expect(cli.className).not.toContain('card-sealed');
    await meanwhile(() => knows(until(262)));
    const changed = page.all('.card').filter((card, i) => card.innerHTML !== before[i]);
    expect(changed).toEqual([cli]);
    expect(cli.className).toContain('card-sealed');
  });

  test('stays where it is whatever happens', async () => {
    const places = () => page.all('.react-flow__node').map((each) => each.style.transform);
    await graphAt(until(12));
    const before = places();
    await meanwhile(() => knows(recorded));
    expect(places()).toEqual(before);
  });
});

describe('an agent that says nothing for long', () => {
  test('is told on its card in place of what it said last', async () => {
    knows(until(120));
    const { at, plan: running } = store().chronicle!.state;
    setHostTime(at + 30_000);
    await page.show(<Graph />);
    const optimizer = page.node(node('optimizer'));
    expect(optimizer.textContent).not.toContain('silent');
    setHostTime(at + running.stallMinutes * 60_000);
    await page.show(<div />);
    await page.show(<Graph />);
    expect(page.node(node('optimizer')).textContent).toMatch(/silent for \d+ min/);
    setHostTime(Date.now());
  });
});

describe('a graph whose run changes under it', () => {
  test('shows the other run, however few modules that has', async () => {
    await graphAt(recorded);
    await meanwhile(() => knows(given(plan({ modules: { alone: {} } })).history));
    expect(page.labels.map((label) => label.split(' ')[0])).toContain('alone');
    expect(page.labels.some((label) => label.startsWith('lexer'))).toBe(false);
  });
});

describe('a gate', () => {
  test('says what it waits for, and that it needs a person', async () => {
    await graphAt(until(120));
    expect(page.labels).toContain('frontend tier gate Waiting for checker');
    expect(page.labels).toContain('accept end-to-end gate Waiting for tier toolchain');
    await meanwhile(() => knows(recorded));
    const ship = page.labels.find((label) => label.startsWith('ship'));
    expect(ship).toMatch(/^ship approval · you Needs you/);
  });

  test('opens its details, and the gates where it asks a person', async () => {
    await graphAt(recorded);
    act(() => page.all('.gate')[0]?.click());
    expect(store().gate).toBe('tier:frontend');
    expect(store().view).toBe('graph');
    const ship = page.all('.gate').at(-1);
    act(() => ship?.click());
    expect(store().view).toBe('gates');
  });
});

describe('what leads where', () => {
  test('edges of what is sealed are stronger, and those of the critical path are heavy', async () => {
    await graphAt(until(120));
    const looks = page.all('.edges .edge').map((edge) => edge.getAttribute('class'));
    expect(new Set(looks)).toEqual(
      new Set([
        'edge edge-sealed edge-hard',
        'edge edge-ahead edge-hard',
        'edge edge-critical edge-hard',
      ]),
    );
    await meanwhile(() => knows(until(272)));
    expect(page.all('.edges .edge-critical').length).toBeGreaterThan(0);
    expect(page.all('.edges .edge-ahead, .edges .edge-critical').length).toBeLessThan(3);
  });

  test('the legend is always there, with all kinds of edges', async () => {
    await graphAt(until(12));
    const legend = page.all('.legend')[0]?.textContent;
    expect(legend).toBe('hardsoftresourcefeedbackcritical pathgatehandoff or sealamended');
  });
});

describe('by hand and by keys', () => {
  test('a click selects a module, Escape puts it away', async () => {
    await graphAt(until(120));
    const parser = page.node(node('parser'));
    act(() => parser.click());
    expect(store().selected).toBe('parser');
    expect(parser.getAttribute('aria-pressed')).toBe('true');
    parser.focus();
    press('Escape');
    expect(store().selected).toBeNull();
  });

  test('arrows go from stone to stone, Enter opens', async () => {
    await graphAt(until(120));
    page.node(node('lexer')).focus();
    press('ArrowRight');
    expect(document.activeElement).toBe(page.node(node('parser')));
    press('ArrowDown');
    expect(document.activeElement).toBe(page.node(node('optimizer')));
    press('ArrowUp');
    expect(document.activeElement).toBe(page.node(node('parser')));
    press('Enter');
    expect(store().selected).toBe('parser');
  });

  test('what is searched for gets the focus', async () => {
    await graphAt(until(120));
    await meanwhile(() => store().focusModule(moduleId('vm')));
    expect(document.activeElement).toBe(page.node(node('vm')));
  });

  test('what was searched for takes the focus once, also when another view comes between', async () => {
    await graphAt(until(120));
    await meanwhile(() => store().focusModule(moduleId('vm')));
    await page.show(<></>);
    await page.show(<Graph />);
    await expect.poll(() => page.all('[data-node]').length).toBeGreaterThan(3);
    expect(document.activeElement).toBe(document.body);
    // What is asked for while the graph is away waits for it, unless another module is looked at.
    await page.show(<></>);
    await meanwhile(() => store().focusModule(moduleId('vm')));
    await meanwhile(() => store().select(moduleId('lexer')));
    await page.show(<Graph />);
    await expect.poll(() => page.all('[data-node]').length).toBeGreaterThan(3);
    expect(document.activeElement).toBe(document.body);
    await page.show(<></>);
    await meanwhile(() => store().focusModule(moduleId('vm')));
    await page.show(<Graph />);
    await expect.poll(() => document.activeElement === page.node(node('vm'))).toBe(true);
  });
});

describe('more modules than can be read at once', () => {
  const names = Array.from({ length: 60 }, (_, i) => `m${i}`);
  const { history } = given(
    plan({
      modules: Object.fromEntries(names.map((name) => [name, {}])),
      tiers: { low: { modules: names.slice(0, 45) }, high: { modules: names.slice(45) } },
      pools: { builders: 10 },
    }),
  );

  test('are tiles in the order of the plan, with what is not sealed counted beside them', async () => {
    await graphAt([...history]);
    const labels = page.all('.tile').map((tile) => tile.getAttribute('aria-label')?.split(',')[0]);
    expect(labels).toEqual(names);
    const counts = page.all('.wall-counts').map((each) => each.textContent);
    expect(counts).toEqual(['10 building35 ready', '15 ready']);
  });

  test('bring one into view that is looked for, once, and open its tier for it', async () => {
    // Pages without a layout scroll nothing.
    Element.prototype.scrollIntoView = () => undefined;
    await graphAt([...history]);
    act(() => store().fold(['high'], true));
    await meanwhile(() => store().focusModule(moduleId('m50')));
    expect(store().folded.size).toBe(0);
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^m50,/);
    expect(store().focus).toBeNull();
    await page.show(<></>);
    await page.show(<Graph />);
    expect(page.all('.tile')).toHaveLength(60);
    expect(document.activeElement).toBe(document.body);
  });

  test('are folded with their tier by a key and opened by the same, which keeps the focus', async () => {
    await graphAt([...history]);
    const head = page.all('.course-head')[1]!;
    act(() => page.all('.tile')[50]!.focus());
    press('x');
    expect(page.all('.tile')).toHaveLength(45);
    expect(document.activeElement).toBe(head);
    press('x');
    expect(page.all('.tile')).toHaveLength(60);
    expect(document.activeElement).toBe(head);
  });

  test('can be seen as cards', async () => {
    await graphAt([...history]);
    await page.click('Show cards instead of tiles');
    expect(page.all('.card').length).toBeGreaterThan(0);
    await page.click('Show tiles instead of cards');
    expect(page.all('.tile')).toHaveLength(60);
  });
});

describe('more modules than a screen holds', () => {
  const names = Array.from({ length: 1_300 }, (_, i) => `m${i}`);
  const { history } = given(
    plan({
      modules: Object.fromEntries(names.map((name) => [name, {}])),
      tiers: { low: { modules: names.slice(0, 900) }, high: { modules: names.slice(900) } },
    }),
  );
  const tiles = () => page.all('.tile').map((tile) => Number(tile.dataset.node));

  test('come by and by, in their order, with room kept for those to come', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      knows([...history]);
      await page.show(<Graph />);
      expect(tiles()).toEqual(names.slice(0, 1_000).map((_, node) => node));
      const rooms = page.all('.wall-stones').map(({ style }) => style.minHeight);
      expect(rooms).toEqual(['', `${Math.ceil(400 / 16) * 34}px`]);
      act(() => void vi.runAllTimers());
      expect(tiles()).toEqual(names.map((_, node) => node));
      expect(page.all('.wall-stones').map(({ style }) => style.minHeight)).toEqual(['', '']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('are there at once where one of the last is looked for', async () => {
    Element.prototype.scrollIntoView = () => undefined;
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      knows([...history]);
      await page.show(<Graph />);
      expect(tiles()).not.toContain(1_299);
      await meanwhile(() => store().focusModule(moduleId('m1299')));
      expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^m1299,/);
      expect(store().focus).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  test('are there at once where a key leads to one of them', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      knows([...history]);
      await page.show(<Graph />);
      act(() => page.all('.tile').at(-1)!.focus());
      press('ArrowRight');
      expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^m1000,/);
    } finally {
      vi.useRealTimers();
    }
  });

  test('are those of the tiers that are open: what is folded takes no place of theirs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      knows([...history]);
      store().fold(['low'], true);
      await page.show(<Graph />);
      expect(tiles()).toEqual(names.slice(900).map((_, i) => 900 + i));
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('an edge is told by its kind', () => {
  const kinds = plan({
    modules: {
      lexer: {},
      parser: { soft: ['lexer'], feedback: { docs: 2 } },
      vm: { needs: ['lexer'], resources: { bench: 1 } },
      docs: { resources: { bench: 1 } },
    },
    resources: { bench: 1 },
  });

  test('in line and head: hard, soft, feedback at both ends, a resource at none', async () => {
    await graphAt(given(kinds).history);
    const heads = (kind: string) => {
      const [edge] = page.all(`.edges .edge-${kind}`);
      const drawn = (head: string) =>
        edge!.querySelector(`.edge-${head}`)?.getAttribute('d')?.split('M').length ?? 1;
      return [drawn('head') - 1, drawn('tip') - 1];
    };
    expect(heads('hard')).toEqual([1, 0]);
    expect(heads('soft')).toEqual([0, 1]);
    expect(heads('feedback')).toEqual([0, 2]);
    expect(heads('resource')).toEqual([0, 0]);
  });

  test('with how much of a resource is held, and in which round findings are', async () => {
    await graphAt(given(kinds).history);
    await act(async () => await vi.dynamicImportSettled());
    const labels = page.all('.link-label').map((label) => label.textContent);
    expect(labels).toEqual(['bench 1/1', '0/2']);
  });

  test('in words for those who cannot see it, and in the legend', async () => {
    await graphAt(given(kinds).history);
    const words = page.all('ul[aria-label=Dependencies] > li').map((line) => line.textContent);
    expect(words).toContain('vm waits for lexer (hard)');
    expect(words).toContain('parser builds on the stub of lexer (soft)');
    expect(words).toContain("parser and docs take each other's findings (feedback)");
    expect(words).toContain('docs and vm share a resource');
    const legend = page.all('.legend')[0]!.textContent;
    for (const kind of ['hard', 'soft', 'resource', 'feedback']) expect(legend).toContain(kind);
  });
});

describe('what holds a module up', () => {
  test('is drawn over the rest, through whatever holds that up, until it is put away', async () => {
    // parser is revised; checker, optimizer and codegen are judged again after it, cli after those.
    await graphAt(until(205));
    act(() => store().select(moduleId('cli')));
    act(() => page.node(node('cli')).focus());
    press('b');
    const dim = page.all('.card-dim').map(({ dataset }) => Number(dataset.node));
    expect(dim.sort()).toEqual(['lexer', 'reference', 'vm'].map(node).sort());
    expect(page.all('.edges .edge-blocks').length).toBeGreaterThan(3);
    expect(page.all('.edges .edge-critical')).toEqual([]);
    press('b');
    expect(page.all('.card-dim')).toEqual([]);
    expect(page.all('.edges .edge-blocks')).toEqual([]);
  });

  test('without a selection there is nothing to show', async () => {
    await graphAt(until(205));
    const [button] = page.all('button[aria-label="Select a module to see what holds it up"]');
    expect(button).toHaveProperty('disabled', true);
  });
});

describe('the critical path', () => {
  test('can be put away and drawn again', async () => {
    await graphAt(until(205));
    expect(page.all('.edges .edge-critical').length).toBeGreaterThan(0);
    const toggle = () => act(() => page.all('button[aria-label="Critical path"]')[0]?.click());
    toggle();
    expect(page.all('.edges .edge-critical')).toEqual([]);
    toggle();
    expect(page.all('.edges .edge-critical').length).toBeGreaterThan(0);
  });
});
