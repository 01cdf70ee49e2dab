import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId } from '../../../src/core/ids.ts';
import type { BoardPage } from './board-page.ts';
import { large } from './violations.ts';

/** What a window of 1440 × 900 has left when the editor is zoomed to 200 %; and 800 × 600. */
const zoomed = [
  { width: 720, height: 450 },
  { width: 400, height: 300 },
] as const;

/** Buttons that nothing leads to: they lie outside of the page, and nothing around them scrolls there. */
const unreachable = (board: BoardPage): Promise<readonly string[]> =>
  board.page.evaluate(() => {
    const scrolls = (element: Element | null): boolean => {
      for (let each = element; each !== null; each = each.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(each);
        if (/auto|scroll/.test(overflowX + overflowY)) return true;
        // The graph is moved, not scrolled.
        if (each.classList.contains('react-flow')) return true;
      }
      return false;
    };
    return [...document.querySelectorAll('button, vscode-button, input, [role=slider]')]
      .filter((element) => {
        const { left, right, top, bottom, width } = element.getBoundingClientRect();
        const outside = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
        return width > 0 && outside && !scrolls(element.parentElement);
      })
      .map((element) => element.getAttribute('aria-label') ?? element.textContent);
  });

/** The editor zooms a page as a whole: at 200 % it has half of its width and height. */
export function zoomedText(board: BoardPage, recorded: readonly RunEvent[]): void {
  it.each(zoomed)('at 200 %: everything is reached at $width × $height', async (size) => {
    const { page } = board;
    await page.setViewportSize(size);
    await board.run(recorded);
    const left: string[] = [];
    for (const view of ['graph', 'streams', 'gates', 'table', 'account'] as const) {
      await board.show({ view });
      await page.locator('#board-view > :not([aria-busy])').first().waitFor();
      left.push(...(await unreachable(board)).map((name) => `${view}: ${name}`));
      // The view itself has room, between what stands above and below it.
      const room = await page.locator('#board-view').evaluate(({ clientHeight }) => clientHeight);
      expect(room).toBeGreaterThan(size.height / 3);
    }
    await board.show({ view: 'module', module: moduleId('parser') });
    await page.locator('aside.drawer .drawer-head').waitFor();
    left.push(...(await unreachable(board)).map((name) => `details: ${name}`));
    expect(left).toEqual([]);
    await page.keyboard.press('Escape');
    await page.setViewportSize(large);
  });
}
