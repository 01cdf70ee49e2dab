import { counted } from '../../core/projections/words.ts';
import type { PullRequest } from './prepare.ts';

/** What of the base would be made public by the way, and what that takes; null where nothing is known of any. */
export function unpublishedLine({
  base,
  unpublished,
}: Pick<PullRequest, 'base' | 'unpublished'>): string | null {
  if (unpublished === null || unpublished.commits === 0) return null;
  const { commits, remote } = unpublished;
  return commits === 1
    ? `1 commit of ${base} is not on ${remote} as last fetched; --open asks for --with-base to push it, too`
    : `${counted(commits, 'commit')} of ${base} are not on ${remote} as last fetched; --open asks for --with-base to push them, too`;
}
