import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../core/ids.ts';
import { writeText } from './run-folder.ts';
import { ashlarFolder } from './store/store-folder.ts';

/** What runs leave for later ones, each under the digest of the input that led to it. */
type OfferKind = 'seals' | 'contracts';

const offersFolder = (workspace: string, kind: OfferKind): string =>
  join(workspace, ashlarFolder, 'cache', kind);

export function writeOffer(
  workspace: string,
  kind: OfferKind,
  digest: Digest,
  offer: unknown,
): Promise<void> {
  return writeText(offersFolder(workspace, kind), `${digest}.json`, JSON.stringify(offer));
}

/** As it was written, by whomever: its fields are to be held against the store. null: there is none. */
export async function readOffer<Offer>(
  workspace: string,
  kind: OfferKind,
  digest: Digest,
): Promise<Offer | null> {
  try {
    const text = await readFile(join(offersFolder(workspace, kind), `${digest}.json`), 'utf8');
    return JSON.parse(text) as Offer;
  } catch {
    return null; // a cache that cannot be read is a cache that is not there
  }
}
