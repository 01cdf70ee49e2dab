import { isDigest, type RunId } from '../core/ids.ts';
import type { JournalHead } from './journal/codec.ts';
import type { HeadAnchor } from './journal/head.ts';
import { runRef } from './store/ref-name.ts';
import type { Store } from './store/store.ts';

/** Keeps a journal's head in `refs/ashlar/<run>/head`, as a blob. */
export function storeAnchor(store: Store, run: RunId): HeadAnchor {
  const ref = runRef(run, 'head');
  return {
    async read() {
      const object = await store.readObject(ref);
      return object === null ? null : parseHead(object.content.toString('utf8'));
    },
    async write({ seq, digest }) {
      await store.setRef(ref, await store.putBlob(Buffer.from(JSON.stringify({ seq, digest }))));
    },
  };
}

function parseHead(text: string): JournalHead | null {
  const { seq, digest } = JSON.parse(text) as Partial<JournalHead>;
  if (typeof seq !== 'number' || digest === undefined || !isDigest(digest)) return null;
  return { seq, digest };
}
