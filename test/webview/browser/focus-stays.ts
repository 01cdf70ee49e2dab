import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId } from '../../../src/core/ids.ts';
import type { BoardPage } from './board-page.ts';

/** What has the focus, by what a person calls it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    const name = at?.getAttribute('aria-label') ?? at?.textContent ?? '';
    return `${at?.tagName.toLowerCase() ?? ''} ${name}`.slice(0, 40);
  });

/** Whether something is drawn around what has the focus, or on it. */
const isShown = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    if (at === null || at === document.body) return false;
    const rings = (element: Element): boolean => {
      const drawn = [getComputedStyle(element), getComputedStyle(element, '::after')];
      const [own, after] = drawn;
      return (
        (own?.outlineStyle !== 'none' && own?.outlineStyle !== 'hidden') ||
        (after?.content !== 'none' && after?.borderTopStyle === 'solid')
      );
    };
    // A ring may stand around the field that it is in, or around a part of it that names it; a text area
    // has its border in that colour.
    const inner = at.shadowRoot?.querySelector('[part=base], textarea');
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'var(--focus)';
    const ring = getComputedStyle(probe).color;
    probe.remove();
    if (inner instanceof Element && getComputedStyle(inner).borderTopColor === ring) return true;
    const parts = [at, inner, at.closest('.find, .field'), ...at.querySelectorAll(':scope > *')];
    return parts.some((part) => part instanceof Element && rings(part));
  });

/** Everything can be reached by Tab, is seen when it is, and nothing that goes takes the focus along. */
export function focusStays(board: BoardPage, recorded: readonly RunEvent[]): void {
  const { page } = board;

  it.each(['graph', 'streams', 'gates', 'table', 'account'] as const)(
    '%s: Tab goes from top to bottom, and is seen everywhere',
    async (view) => {
      await board.run(recorded);
      await board.show({ view });
      await page.locator('#board-view > :not([aria-busy])').first().waitFor();
      await page.locator('#tab-' + view).focus();
      const unseen: string[] = [];
      const regions: string[] = [];
      for (let step = 0; step < 60; step++) {
        await page.keyboard.press('Tab');
        const region = await page.evaluate(() => {
          const at = document.activeElement;
          return (
            at?.closest('.tabs, #board-view, .time-bar, .header')?.className.split(' ')[0] ?? ''
          );
        });
        if (region === '') break;
        if (regions.at(-1) !== region) regions.push(region);
        if (!(await isShown(page))) unseen.push(await focused(page));
        if (region === 'time-bar') break;
      }
      expect(unseen).toEqual([]);
      // As it is drawn: from the tabs through the view to the time bar, and back to none of them.
      expect(regions).toEqual(['tabs', 'board-body', 'time-bar'].slice(-regions.length));
      expect(regions.at(-1)).toBe('time-bar');
    },
  );

  it('gives the focus back when the details of a module are closed', async () => {
    await board.run(recorded.slice(0, 200));
    await board.show({ view: 'graph' });
    await page
      .getByRole('button', { name: /^parser/ })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await page.locator('aside.drawer .drawer-head').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.locator('aside.drawer').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toMatch(/^div parser/);
    // From one module to another it goes to that one.
    await page.keyboard.press('Enter');
    await page.locator('aside.drawer .drawer-head').waitFor();
    await page
      .locator('aside.drawer')
      .getByRole('button', { name: 'checker', exact: true })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toMatch(/^div checker/);
    await page.locator('aside.drawer[aria-label=checker] .drawer-head').waitFor();
    await page.keyboard.press('Escape');
  });

  it('gives it back when an amendment is put away, under which nothing is reached', async () => {
    const module = moduleId('lexer');
    await board.run(recorded.slice(0, 200));
    await board.show({ view: 'module', module });
    await page.locator('aside.drawer[aria-label=lexer] .drawer-foot').waitFor();
    const draft = { kind: 'reopen', module, from: 1, files: [], problem: '' } as const;
    await board.tell({ type: 'draft', module, draft });
    const button = page.getByRole('button', { name: 'Go on with the draft' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(() => {
        const at = document.activeElement;
        return at === document.body || at?.closest('[role=dialog]') instanceof Element;
      });
      expect(inside).toBe(true);
    }
    await page.getByRole('dialog').focus();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toMatch(/^vscode-button Go on with the draft/);
    await board.tell({ type: 'draft', module, draft: null });
    await page.keyboard.press('Escape');
  });

  it('stays among the gates when one of them is decided', async () => {
    await board.run(recorded);
    await board.show({ view: 'gates' });
    await page.locator('.need').first().waitFor();
    await page.getByRole('button', { name: 'Approve this submission' }).focus();
    await page.keyboard.press('Enter');
    const asked = recorded.findLast((event) => event.type === 'approval-requested');
    if (asked?.type !== 'approval-requested') throw new Error('no gate asks');
    const { seq, at, gate, submission } = asked;
    const told = { type: 'approval-given', by: 'sam', note: '' } as const;
    await board.run([...recorded, { ...told, seq: seq + 1, at: at + 1, gate, submission }]);
    await page.locator('.need').first().waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toMatch(/^main Gates/);
  });

  it('moves nothing where motion is to be reduced', async () => {
    await board.run(recorded.slice(0, 150));
    for (const view of ['graph', 'streams', 'table', 'gates'] as const) {
      await board.show({ view });
      await page.locator('#board-view > :not([aria-busy])').first().waitFor();
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    }
    expect(await page.locator('.icon-spin').count()).toBeGreaterThan(0);
  });
}
