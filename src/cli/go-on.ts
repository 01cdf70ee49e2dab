import type { RunId } from '../core/ids.ts';
import type { Arguments } from './arguments.ts';
import { shellWord } from '../engine/shell-word.ts';

/** What goes on with a run, to be typed as it is. */
export const goOn = (program: string, run: RunId, given: Pick<Arguments, 'option'>): string =>
  [program, 'resume', run, ...sameAddress(given)].join(' ');

/** Where models are asked is said again: whoever types it sees where the key goes. */
export function sameAddress(given: Pick<Arguments, 'option'>): readonly string[] {
  const url = given.option('base-url');
  return url === null ? [] : ['--base-url', shellWord(url)];
}
