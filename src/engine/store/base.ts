import { phrase } from '../../core/phrase.ts';
import type { RunId } from '../../core/ids.ts';
import { baseOfCommit } from './base-of-commit.ts';
import { baseOfWorkTree } from './base-of-work-tree.ts';
import type { BaseRecord } from '../../core/events/run-origin.ts';
import type { BaseOutcome } from './base-record.ts';
import { BaseRefusal } from './base-refusal.ts';
import { runRef } from './ref-name.ts';
import type { Store } from './store.ts';
import { findUserRepository } from './user-repository.ts';

export interface BaseWanted {
  /** The files as they are, dirty or not; or those of the commit that is checked out. */
  readonly commit: 'work-tree' | 'HEAD';
  /** Whose refs keep the base; null keeps it no longer than until the next collection. */
  readonly run: RunId | null;
  readonly signal?: AbortSignal;
}

/**
 * Copies what a run starts from into the store: tracked and unignored files, byte for byte, without
 * `.ce-workspace`. Nothing is written to the user's repository, not even its index.
 */
export async function takeBase(store: Store, wanted: BaseWanted): Promise<BaseOutcome> {
  try {
    const repository = await findUserRepository(store.workspace);
    if (repository !== null && repository.format !== store.format) {
      throw new BaseRefusal(
        'format-mismatch',
        phrase('The store holds {0} objects.', store.format),
      );
    }
    const take = wanted.commit === 'work-tree' ? baseOfWorkTree : baseOfCommit;
    const base = await take(store, repository, wanted.signal);
    if (wanted.run !== null) await keepBase(store, wanted.run, base);
    return { ok: true, base };
  } catch (error) {
    if (error instanceof BaseRefusal) return { ok: false, failure: error.failure };
    throw error;
  }
}

async function keepBase(store: Store, run: RunId, base: BaseRecord): Promise<void> {
  await store.setRefs([
    { ref: runRef(run, 'base'), oid: base.commit },
    { ref: runRef(run, 'base-changes'), oid: base.changes },
  ]);
}
