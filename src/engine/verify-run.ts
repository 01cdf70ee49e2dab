import type { RunId } from '../core/ids.ts';
import type { RunState } from '../core/state.ts';
import { lawBreaches } from './law-breaches.ts';
import { readAnchoredRun } from './run-record.ts';
import { runRef } from './store/ref-name.ts';
import { Store } from './store/store.ts';
import { verifyObjects } from './store/verify.ts';

export type Verified =
  | {
      readonly ok: true;
      readonly run: RunId;
      /** Empty where the run is whole. */
      readonly problems: readonly string[];
      readonly checked: { readonly events: number; readonly seals: number };
    }
  | { readonly ok: false; readonly code: string; readonly message: string };

/**
 * Whether a run is as it was recorded: the journal's chain unbroken and not cut before its anchor,
 * no event against a law, and every seal's content as sealed. It finds accidents and edits, not somebody who rewrote all.
 */
export async function verifyRun(workspace: string, wanted: RunId | null): Promise<Verified> {
  const read = await readAnchoredRun(workspace, wanted);
  if (!read.ok) return read;
  const { run, state, events, problems } = read.record;
  await using store = await Store.open(workspace);
  const journal = problems.map(({ message }) => `journal, ${message}`);
  const objects = await verifyObjects(store, run);
  const seals = await verifySeals(store, state);
  return {
    ok: true,
    run,
    problems: [...journal, ...lawBreaches(events), ...objects, ...seals.problems],
    checked: { events: events.length, seals: seals.count },
  };
}

async function verifySeals(
  store: Store,
  state: RunState,
): Promise<{ readonly count: number; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  let count = 0;
  for (const { id, seal } of state.modules) {
    if (seal === null) continue;
    count += 1;
    try {
      // Reading compares the record with its digest, which is the seal's.
      const record = (await store.readJson(state.run, seal.digest)) as { implementation?: string };
      if (record.implementation !== seal.tree) {
        problems.push(`${id}: its seal is about another implementation than the journal says`);
      }
      const kept = await store.readRef(runRef(state.run, 'seals', id, seal.digest));
      if (kept !== seal.tree) problems.push(`${id}: the ref to its seal does not lead to it`);
    } catch (error) {
      problems.push(`${id}: its seal cannot be read (${(error as Error).message})`);
    }
  }
  return { count, problems };
}
