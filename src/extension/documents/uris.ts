import { l10n, Uri } from 'vscode';
import type { TreeId } from '../../core/ids.ts';
import type { RunKey } from '../../protocol/board.ts';
import { documentScheme } from '../contributions.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { documentUri, type DocumentPlace } from './document-uri.ts';

export const uriOf = (place: DocumentPlace): Uri =>
  Uri.from({ scheme: documentScheme, ...documentUri(place) });

export const fileUriOf = (run: LiveRun, tree: TreeId, path: string): Uri =>
  uriOf({ kind: 'file', ...run.key, tree, path });

/** Runs know the folders of this window, and no others. */
export async function followedRun(runs: Runs, { folder, run: id }: RunKey): Promise<LiveRun> {
  const run = await runs.follow({ folder, run: id });
  if (run === null) throw new Error(l10n.t('There is no run {0} in this window.', id));
  return run;
}
