// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { upcastEvent } from '../../../src/core/upcast.ts';
import type { RunEvent } from '../../../src/core/events.ts';
import type { NodeRef } from '../../../src/core/ids.ts';
import { GateDrawer } from '../../../src/webview/drawer/GateDrawer.tsx';
import { board } from '../../../src/webview/store.ts';
import { knows, meanwhile, Page } from '../page.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

const recorded = readFileSync(join(import.meta.dirname, '../journals/tiny-lang.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => upcastEvent(JSON.parse(line) as RunEvent));
const store = () => board.store.getState();
const drawerOf = (gate: string) => page.show(<GateDrawer gate={gate as NodeRef} />);
const section = (title: string): string =>
  page.all(`section[aria-label="${title}"]`)[0]?.textContent ?? '';

test('a tier shows its members, its checks, how it was judged and whom it blamed', async () => {
  knows(recorded);
  await drawerOf('tier:frontend');
  expect(page.all('h2')[0]?.textContent).toBe('frontend');
  expect(section('Stands on')).toMatch(/lexer.*Sealed.*parser.*Sealed.*checker.*Sealed/);
  expect(section('Opens the way to')).toContain('tier toolchain');
  expect(section('Verdicts')).toMatch(/PASS.*FAIL.*a wrong call is reported where it begins/s);
  expect(section('Whom it blamed')).toMatch(
    /parser.*positions · parser × checker.*The integrator says so\..*The checker reports/s,
  );
  expect(section('Checks')).toMatch(/positions.*6\/6.*text.*3\/3/s);
  // At an earlier moment nobody was blamed yet.
  await meanwhile(() => knows(recorded.slice(0, 120)));
  expect(section('Whom it blamed')).toBe('');
});

test('evidence of a tier opens at its line, and members lead to their own details', async () => {
  knows(recorded);
  await drawerOf('tier:frontend');
  const place = page
    .all('section[aria-label=Verdicts] .evidence-place button')
    .find((link) => link.textContent.includes('positions.test.js:10'));
  await act(async () => place?.click());
  expect(page.acts).toEqual([
    {
      ...{ do: 'open-gate-evidence', gate: 'tier:frontend' },
      ...{ file: 'tests/frontend/positions.test.js', line: 10 },
    },
  ]);
  await page.click('tier toolchain');
  expect(store().gate).toBe('tier:toolchain');
  await page.click('lexer');
  expect(store()).toMatchObject({ selected: 'lexer', gate: null });
});

test('a gate that asks shows exactly what about, and leads to the decision', async () => {
  knows(recorded);
  await drawerOf('gate:ship');
  expect(page.all('.gate-subject')[0]?.textContent).toMatch(/^[0-9a-f]{64}$/);
  await page.click('Decide ship…');
  expect(store().view).toBe('gates');
});

test('what the run does not have has no details', async () => {
  knows(recorded);
  await drawerOf('tier:nowhere');
  await drawerOf('module:lexer');
  expect(page.all('aside')).toEqual([]);
});
