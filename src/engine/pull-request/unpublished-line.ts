import { counted } from '../../core/projections/words.ts';
import type { PullRequest } from './prepare.ts';

/** What of the base would be made public by the way, and what that takes; null where nothing is known of any. */
export function unpublishedLine({
  base,
  unpublished,
}: Pick<PullRequest, 'base' | 'unpublished'>): string | null {
  if (unpublished === null || unpublished.commits === 0) return null;
  const { commits, remote, ofBase } = unpublished;
  const whose = ofBase ? `of ${base}` : 'that the run began on';
  return commits === 1
    ? `1 commit ${whose} is not on ${remote} as last fetched; --open asks for --with-base to push it, too`
    : `${counted(commits, 'commit')} ${whose} are not on ${remote} as last fetched; --open asks for --with-base to push them, too`;
}
