import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../src/core/events.ts';
import type { Plan } from '../src/core/plan/plan.ts';
import { canonicalJson, sha256 } from '../src/engine/canonical-json.ts';
import { diskFiles, type AppendFiles } from '../src/engine/journal/append-file.ts';
import type { Journal } from '../src/engine/journal/journal.ts';
import { createJournal } from '../src/engine/journal/open-journal.ts';
import type { RunJournal } from '../src/engine/run-loop.ts';

/**
 * A journal on disk without a lock: asking the lock is one `stat` a flush. `synced: false` leaves
 * out the one system call that waits for the disk, to tell its time from ours.
 */
export function journalOf(
  folder: string,
  plan: Plan,
  { synced }: { readonly synced: boolean },
): Promise<Journal<RunEvent>> {
  const fence = { stillOurs: () => true };
  const files = synced ? diskFiles : unsyncedFiles;
  return createJournal<RunEvent>(folder, sha256(canonicalJson(plan)), { fence, files });
}

const unsyncedFiles: AppendFiles = {
  open: async (path, how) => {
    const file = await diskFiles.open(path, how);
    return {
      state: () => file.state(),
      append: (bytes) => file.append(bytes),
      sync: () => Promise.resolve(),
      truncate: (bytes) => file.truncate(bytes),
      [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
    };
  },
};

export function durable(journal: Journal<RunEvent>): RunJournal {
  return {
    enqueue: (events) => journal.enqueue({ events }),
    flush: async () => {
      const flushed = await journal.flush();
      if (!flushed.ok) throw new Error(flushed.message, { cause: flushed.cause });
    },
  };
}

/** Microseconds of one small append that is made durable: the disk alone. */
export async function syncUs(folder: string): Promise<number> {
  await using handle = await open(join(folder, 'probe'), 'a');
  const bytes = Buffer.alloc(1_500, 0x20);
  const times = 30;
  const start = performance.now();
  for (let i = 0; i < times; i++) {
    await handle.write(bytes);
    await handle.datasync();
  }
  return (1_000 * (performance.now() - start)) / times;
}
