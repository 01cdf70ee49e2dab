import type { Evidence } from '../../core/verdict.ts';
import type { Submission } from '../store/submission.ts';

const shownPaths = 10;

/** What an agent left that it may not hand in, and what it touched that is not its own. */
export function scopeProblems({ outside, outsideCount, problems }: Submission): Evidence[] {
  if (outsideCount === 0) return [...problems];
  const more = outsideCount - Math.min(outside.length, shownPaths);
  const paths = outside.slice(0, shownPaths).join(', ') + (more > 0 ? ` and ${more} more` : '');
  const says = `changed files that it does not own: ${paths}. They were not taken.`;
  const file = outside[0] ?? null;
  return [{ kind: 'scope', check: null, test: null, file, line: null, says }, ...problems];
}
