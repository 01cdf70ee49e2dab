// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { moduleId, nodeRef } from '../../../src/core/ids.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { PreviewHostMessage } from '../../../src/protocol/preview.ts';
import { PlanPreview } from '../../../src/webview/preview/PlanPreview.tsx';
import { createPreview, preview } from '../../../src/webview/preview/preview-store.ts';
import { board } from '../../../src/webview/store.ts';
import { plan as planOf } from '../../support/scenario-plan.ts';
import { FlowPage } from '../graph/flow-page.ts';
import { posted } from '../page.ts';

const plan: Plan = planOf({
  modules: { lexer: {}, parser: { needs: ['lexer'] }, vm: {} },
  tiers: { all: { modules: ['lexer', 'parser', 'vm'] } },
});

let page: FlowPage;
beforeEach(async () => {
  page = new FlowPage();
  await page.show(<PlanPreview />);
});
afterEach(() => {
  page.close();
  preview.store.setState(preview.store.getInitialState(), true);
});

async function told(...messages: PreviewHostMessage[]): Promise<void> {
  await act(async () => {
    for (const data of messages) window.dispatchEvent(new MessageEvent('message', { data }));
  });
}

const drawn = (of: Plan): PreviewHostMessage => ({
  ...{ type: 'preview-plan', plan: of, estimates: "by the plan's estimates" },
});
const slip: PreviewHostMessage = {
  ...{ type: 'preview-troubles', more: 1 },
  troubles: [{ line: 7, message: 'the plan has no module "lexr"' }],
};
const cursorIn = (module: string): PreviewHostMessage => ({
  ...{ type: 'preview-cursor', ref: nodeRef('module', module) },
});
const bars = (): string[] =>
  page.all('.schedule-bar').map((each) => each.getAttribute('aria-label') ?? '');
const figure = (name: string): string =>
  page.all(`.preview-figures [aria-label="${name}"]`)[0]?.textContent ?? '';

test('a plan is drawn as a graph in which everything is planned, and as a schedule', async () => {
  await told(drawn(plan));
  await expect.poll(() => page.all('[data-node]').length).toBeGreaterThan(3);
  expect(page.labels.filter((label) => label.includes('Planned'))).toHaveLength(3);
  expect(bars().map((bar) => bar.split(':')[0])).toEqual(['lexer', 'parser', 'vm']);
  expect(figure('Predicted')).toMatch(/min/);
  expect(page.all('.schedule-critical').length).toBeGreaterThan(0);
});

test('the last drawing stays while the text is broken, below why it is old', async () => {
  await told(drawn(plan), slip);
  const places = page.all('.schedule-bar').map(({ style }) => style.cssText);
  expect(page.all('[role=status]')[0]?.textContent).toContain('as it was before');
  expect(page.text).toContain('the plan has no module "lexr"');
  expect(page.text).toContain('and 1 more');
  await page.click('Line 7');
  expect(posted.at(-1)).toEqual({ type: 'preview-reveal-line', line: 7 });
  await told({ type: 'preview-troubles', troubles: [], more: 0 });
  expect(page.text).not.toContain('as it was before');
  expect(page.all('.schedule-bar').map(({ style }) => style.cssText)).toEqual(places);
});

test('a text that was never a plan says so, and where to begin', async () => {
  expect(page.text).toContain('Reading the plan');
  await told({ type: 'preview-of', uri: 'file:///a', file: 'a.plan.yaml' }, slip);
  expect(page.text).toContain('cannot be drawn yet');
  expect(page.text).toContain('a.plan.yaml');
  await told(drawn(plan));
  expect(bars()).toHaveLength(3);
});

test('a plan without modules says what comes next', async () => {
  await told(drawn({ ...plan, modules: [], tiers: [] }));
  expect(page.text).toContain('names no module yet');
});

test('no card moves because a title changes', async () => {
  await told(drawn(plan));
  await expect.poll(() => page.all('.react-flow__node').length).toBeGreaterThan(3);
  const places = (): string[] => page.all('.react-flow__node').map((each) => each.style.transform);
  const before = places();
  await told(
    drawn({
      ...plan,
      modules: plan.modules.map((each, at) => (at > 0 ? each : { ...each, purpose: 'Else.' })),
      streams: plan.streams.map((each) => ({ ...each, title: `${each.title} and a long tail` })),
    }),
  );
  expect(places()).toEqual(before);
});

test('who clicks on a stone, a gate or a stretch of the schedule sees where it is written', async () => {
  await told(drawn(plan));
  await expect.poll(() => page.all('[data-node]').length).toBeGreaterThan(3);
  await act(async () => page.node(1).click());
  expect(posted.at(-1)).toEqual({ type: 'preview-reveal', ref: 'module:parser' });
  await act(async () => page.all('.gate')[0]?.click());
  expect(posted.at(-1)).toEqual({ type: 'preview-reveal', ref: 'tier:all' });
  await act(async () => page.all('.schedule-bar')[2]?.click());
  expect(posted.at(-1)).toEqual({ type: 'preview-reveal', ref: 'module:vm' });
  expect(page.all('.schedule-selected')).toHaveLength(1);
});

test('the module that the cursor stands in is marked, without taking the focus', async () => {
  await told(drawn(plan));
  await expect.poll(() => page.all('[data-node]').length).toBeGreaterThan(3);
  const asked: unknown[] = [];
  const stop = board.store.subscribe(({ focus: now }) => asked.push(now));
  await told(cursorIn('parser'));
  stop();
  expect(page.node(1).getAttribute('aria-pressed')).toBe('true');
  // Brought into view, once.
  expect(asked).toEqual([{ module: 'parser', quietly: true }, null]);
  expect(document.activeElement).toBe(document.body);
  // One that is not drawn yet is marked once it is.
  await told(cursorIn('new'));
  expect(board.store.getState().selected).toBeNull();
  const first = plan.modules[0]!;
  const more: Plan = { ...plan, modules: [...plan.modules, { ...first, id: moduleId('new') }] };
  await told(drawn(more));
  expect(board.store.getState().selected).toBe('new');
  await told({ type: 'preview-cursor', ref: null });
  expect(board.store.getState().selected).toBeNull();
});

test('more or fewer builders can be tried, and are remembered over a reload', async () => {
  await told({ type: 'preview-of', uri: 'file:///a', file: 'a' }, drawn(plan));
  const own = plan.pools.builders.max;
  expect(figure('Builders')).toBe(`Builders${own}`);
  const before = figure('Predicted');
  for (let left = own; left > 1; left--) await page.click('One builder less');
  expect(figure('Predicted')).not.toBe(before);
  expect(page.button('One builder less')).toHaveProperty('disabled', true);
  await page.click(`plan: ${own}`);
  expect(figure('Predicted')).toBe(before);
  expect(preview.store.getState().builders).toBeNull();
});

test('arrows lead from stretch to stretch', async () => {
  await told(drawn(plan));
  const [first] = page.all('.schedule-bar');
  first?.focus();
  const press = (key: string): void =>
    act(() => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    });
  press('ArrowDown');
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^vm/);
  press('ArrowUp');
  press('ArrowRight');
  expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^parser/);
});

test('what was tried comes back after a reload; what is no count of builders does not', () => {
  const beginsWith = (state: unknown): number | null => {
    const api = {
      postMessage: () => undefined,
      getState: () => state,
      setState: () => undefined,
    };
    const link = createPreview(() => api, { addEventListener: () => undefined }, board.store);
    link.connect();
    return link.store.getState().builders;
  };
  expect(beginsWith({ plan: 'file:///a', builders: 7 })).toBe(7);
  for (const builders of [0, -1, 1.5, 1e9, '3', null, undefined]) {
    expect(beginsWith({ plan: 'file:///a', builders })).toBeNull();
  }
  expect(beginsWith(null)).toBeNull();
});
