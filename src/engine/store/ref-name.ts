import type { RunId } from '../../core/ids.ts';
import { StoreError } from './store-error.ts';

const root = 'refs/ashlar/';
const segmentPattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** `refs/ashlar/<run>/<segments>`; throws `bad-name` where git or a file system would not hold it. */
export function runRef(run: RunId, ...segments: readonly string[]): string {
  const ref = [`${root}${run}`, ...segments].join('/');
  checkRef(ref);
  return ref;
}

/** Throws `bad-name` for anything but a ref of ours, or a folder of such refs. */
export function checkRef(ref: string): void {
  const inside = ref.startsWith(root) ? ref.slice(root.length).split('/') : [];
  const fits = (segment: string): boolean =>
    segmentPattern.test(segment) && !/\.\.|\.lock$|\.$/.test(segment);
  if (inside.length > 0 && inside.every(fits)) return;
  throw new StoreError('bad-name', `not a ref of a run: ${JSON.stringify(ref)}`);
}
