import { expect, it } from 'vitest';
import { askingRun } from '../asking-run.ts';
import { drawn, type BoardPage } from './board-page.ts';

/** A palette of a person's own: states, selection, edges and rings are drawn with its colours alone. */
export function forcedColours(board: BoardPage): void {
  it('shows states, edges, the selection and the focus in forced colours', async () => {
    const { page } = board;
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await board.run(askingRun().history);
    await board.show({ view: 'graph' });
    const card = page.locator('.card-blocked').first();
    await card.waitFor();
    const system = async (name: string): Promise<string> =>
      await page.evaluate((color) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = color;
        const resolved = getComputedStyle(probe).color;
        probe.remove();
        return resolved;
      }, name);
    const [text, ground, mark] = [
      await system('CanvasText'),
      await system('Canvas'),
      await system('Highlight'),
    ];
    expect(new Set([text, ground, mark]).size).toBe(3);

    expect(await drawn(page, '.edge-line', 'stroke')).toBe(text);
    expect(await drawn(page, '.card-building .stone rect', 'stroke')).toBe(text);
    expect(await drawn(page, '.diamond path', 'stroke')).toBe(text);
    // What needs a person is the one thing that is filled.
    expect(await drawn(page, '.card-flag .chip-you', 'background-color')).toBe(mark);
    expect(await drawn(page, '.card-blocked .stone > rect:last-child', 'stroke')).toBe(mark);
    expect(await drawn(page, '.tab[aria-selected=true]', 'background-color', '::after')).toBe(mark);
    expect(await drawn(page, '.time-past', 'stroke')).toBe(mark);

    await card.click();
    expect(await drawn(page, '.card-selected', 'border-top-color', '::after')).toBe(mark);
    await page.keyboard.press('Escape');
    await page.locator('#tab-graph').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => drawn(page, '#tab-streams:focus', 'outline-color')).toBe(mark);
    expect(await drawn(page, '#tab-streams:focus', 'outline-style')).toBe('solid');

    await board.show({ view: 'table' });
    await page.locator('.table-row[aria-selected]').first().click();
    expect(await drawn(page, '.table-row[aria-selected=true]', 'outline-color')).toBe(mark);
    await page.keyboard.press('Escape');
    await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' });
  });
}
