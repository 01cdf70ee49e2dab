import axe from 'axe-core';
import type { BoardPage, Theme } from './board-page.ts';

export const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What of the rules looks at colours: the others find the same in every theme. */
const colours = ['color-contrast', 'link-in-text-block'];
export const large = { width: 1440, height: 900 };
const small = { width: 800, height: 600 };

/** What axe-core finds on the page as it is, one line each; [] is what we want. */
export async function violations(
  { page }: BoardPage,
  what: { tags: string[] } | { rules: string[] },
): Promise<string[]> {
  // Not by a script element: the page's policy lets in no script but the board's.
  await page
    .evaluate(`typeof axe`)
    .then((known) => known === 'object' || page.evaluate(axe.source));
  return await page.evaluate(async (asked) => {
    // What fades in is judged when it is there; what turns for ever is judged as it is.
    const passing = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(passing.map(({ finished }) => finished));
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    const found = await inPage.run(document, {
      resultTypes: ['violations'],
      runOnly:
        'tags' in asked
          ? { type: 'tag', values: asked.tags }
          : { type: 'rule', values: asked.rules },
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary = '' }) =>
          `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ').slice(0, 300)}`,
      ),
    );
  }, what);
}

/** Everything in one look, then the colours of the other themes: nothing else depends on them. */
export async function inAllThemes(board: BoardPage): Promise<string[]> {
  const told = await violations(board, { tags });
  for (const theme of ['light', 'hc'] as const satisfies readonly Theme[]) {
    await board.theme(theme);
    const found = await violations(board, { rules: colours });
    told.push(...found.map((line) => `${theme}: ${line}`));
  }
  await board.theme('dark');
  return told;
}

export async function inAllSizes(board: BoardPage): Promise<string[]> {
  const told = await inAllThemes(board);
  await board.page.setViewportSize(small);
  told.push(...(await violations(board, { tags })).map((line) => `800 px: ${line}`));
  await board.page.setViewportSize(large);
  return told;
}
