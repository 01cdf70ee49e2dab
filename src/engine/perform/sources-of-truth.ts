import type { RunState } from '../../core/state.ts';
import type { SourceText } from '../agents/task.ts';
import type { Store } from '../store/store.ts';

/** Of one file, and of all of them: they stand in every prompt of the run. */
const [maxChars, maxCharsInAll] = [60_000, 150_000];

/** The plan's sources of truth as the base has them, in the order of the plan. */
export async function sourcesOfTruth(store: Store, state: RunState): Promise<SourceText[]> {
  const sources: SourceText[] = [];
  let left = maxCharsInAll;
  for (const path of state.plan.artifact.sourceOfTruth) {
    const content = await store.readFile(state.base.tree, path);
    if (content === null || content.includes(0) || left <= 0) continue;
    const whole = content.toString('utf8');
    const text = whole.slice(0, Math.min(maxChars, left));
    left -= text.length;
    sources.push({ path, text, cut: text.length < whole.length });
  }
  return sources;
}
