import { EventEmitter, l10n, Uri, window } from 'vscode';
import type { RunKey } from '../../protocol/board.ts';
import type { Source } from '../../protocol/source.ts';
import { engine } from '../engine-door.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { sentence } from './sentence.ts';

/**
 * Shows a journal, an exported page or a run's folder on a board that can only be looked at. `given`: a
 * file or folder that was chosen already, such as in the explorer. Nothing of it is run, so that it needs
 * no trust.
 */
export async function openRecord(
  { boards, refused }: Pick<ActionParts, 'boards' | 'refused'>,
  given: unknown,
): Promise<void> {
  const place = given instanceof Uri ? given : await pickRecord();
  if (place === null) return;
  const opened = await readRecord(place);
  if (opened.ok) boards.openRecord(opened.run);
  else refused(opened.message);
}

async function pickRecord(): Promise<Uri | null> {
  const picked = await window.showOpenDialog({
    title: l10n.t('Open a journal or an exported run'),
    openLabel: l10n.t('Open'),
    canSelectMany: false,
    filters: { [l10n.t('Journals and exports')]: ['jsonl', 'html'] },
  });
  return picked?.[0] ?? null;
}

/** Reads again what a board showed before a reload. */
export const reopenRecord = (key: RunKey): Promise<RecordRead> =>
  readRecord(Uri.parse(key.folder, true));

type RecordRead =
  { readonly ok: true; readonly run: LiveRun } | { readonly ok: false; readonly message: string };

async function readRecord(place: Uri): Promise<RecordRead> {
  if (place.scheme !== 'file') {
    return {
      ok: false,
      message: l10n.t('Runs can be opened only from a disk, not from {0}.', place.scheme),
    };
  }
  const loaded = await engine();
  const record = await loaded.openRecord(place.fsPath);
  if (!record.ok) return { ok: false, message: sentence(record.message) };
  const { run, events, replayed, name, mark, at, driven, problem } = record;
  const source: Source = {
    ...{ kind: 'file', name, at, problem, exportedAt: mark?.madeAt ?? null },
    ...{ product: mark?.product ?? '', leftOut: mark?.leftOut ?? null },
  };
  // It does not grow, and nobody comes to drive it.
  const never = new EventEmitter<never>();
  return {
    ok: true,
    run: {
      ...{ key: { folder: place.toString(), run }, engine: loaded, events, replayed, source },
      folder: { uri: Uri.joinPath(place, '..'), name, index: -1 },
      ...{ driver: driven ? 'here' : 'nobody', problem: null },
      ...{ onDidAppend: never.event, onDidChange: never.event },
    },
  };
}
