import { isRecord } from '../../core/is-record.ts';
import type { ProgramRun } from './outside-program.ts';
import { isSamePlace, placeOf, type ForgeRepository } from './remotes.ts';

interface Wanted {
  readonly into: ForgeRepository;
  readonly head: ForgeRepository;
  readonly branch: string;
  readonly base: string;
}

export type KnownRequest =
  | { readonly ok: true; readonly url: string | null }
  | { readonly ok: false; readonly says: string };

/** As many as may have a branch of the same name, in forks of strangers. */
const most = 100;

/** The open pull request for a branch of `head`; a stranger's fork may have a branch of the same name. */
export async function findOurs(
  gh: (...args: readonly string[]) => Promise<ProgramRun>,
  { into, head, branch, base }: Wanted,
): Promise<KnownRequest> {
  const { code, stdout, says } = await gh(
    ...['pr', 'list', '--repo', placeOf(into), '--head', branch, '--base', base],
    ...['--state', 'open', '--limit', String(most)],
    ...['--json', 'url,headRepositoryOwner,isCrossRepository'],
  );
  if (code !== 0) return { ok: false, says };
  const isAcross = !isSamePlace(head, into);
  for (const row of rowsIn(stdout)) {
    const owner = isRecord(row.headRepositoryOwner) ? row.headRepositoryOwner.login : null;
    if (typeof owner !== 'string' || typeof row.url !== 'string') continue;
    if (row.isCrossRepository !== isAcross) continue;
    if (owner.toLowerCase() !== head.owner.toLowerCase()) continue;
    const url = addressIn(row.url);
    if (url !== null) return { ok: true, url };
  }
  return { ok: true, url: null };
}

/** The address of a pull request in what `gh` prints. */
export const addressIn = (text: string): string | null =>
  /https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+\/pull\/[0-9]+/.exec(text)?.[0] ?? null;

function rowsIn(text: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) ? rows.filter(isRecord) : [];
  } catch {
    return [];
  }
}
