import type { TreeId } from '../../core/ids.ts';
import type { ChangedFiles } from '../agents/task.ts';
import type { Store } from '../store/store.ts';
import { changedEntries } from '../store/tree-diff.ts';

/** More are only counted. */
const maxFiles = 200;

/** What a builder made of the owned files that it was given; null: it was given none. */
export async function changedFiles(
  store: Store,
  given: TreeId | null,
  submitted: TreeId | null,
): Promise<ChangedFiles> {
  const changed = await changedEntries(store, given, submitted);
  const files = changed.slice(0, maxFiles).map(({ path, before, after }) => {
    const how = before === null ? 'added' : after === null ? 'removed' : 'modified';
    return { path, how } as const;
  });
  return { files, more: changed.length - files.length };
}
