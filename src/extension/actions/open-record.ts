import { basename } from 'node:path';
import { EventEmitter, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { OpenOptions, ReadRecord } from '../../engine/export/open-record.ts';
import type { RunKey } from '../../protocol/board.ts';
import type { Source } from '../../protocol/source.ts';
import { engine } from '../engine-door.ts';
import { plainMessage } from '../native/shown-text.ts';
import { runsFolder } from '../runs/run-place.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { dialogFolder, rememberFolder } from './dialog-folder.ts';
import { sentence } from './sentence.ts';

/**
 * Shows a journal, an exported page or a run's folder on a board that can only be looked at. `given`: a
 * file or folder that was chosen already, such as in the explorer. Nothing of it is run, so that it needs
 * no trust.
 */
export async function openRecord(
  { context, runs, boards, refused }: Pick<ActionParts, 'context' | 'runs' | 'boards' | 'refused'>,
  given: unknown,
): Promise<void> {
  const place = given instanceof Uri ? given : await pickRecord(context, runs);
  if (place === null) return;
  const opened = await readRecord(place);
  if (opened.ok) boards.openRecord(opened.run);
  else if (!opened.ended) refused(opened.message);
}

async function pickRecord(
  context: ActionParts['context'],
  { current }: ActionParts['runs'],
): Promise<Uri | null> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const paths = folders.map(({ uri }) => uri.fsPath);
  // The folder of the run that is looked at first: its runs, or those of another that has some.
  if (current !== null) paths.unshift(current.folder.uri.fsPath);
  const from = await dialogFolder(context, 'records', [...paths.map(runsFolder), ...paths]);
  const picked = await window.showOpenDialog({
    title: l10n.t('Open a journal or an exported run'),
    openLabel: l10n.t('Open'),
    canSelectMany: false,
    ...(from !== null && { defaultUri: Uri.file(from) }),
    filters: { [l10n.t('Journals and exports')]: ['jsonl', 'html'] },
  });
  const file = picked?.[0] ?? null;
  if (file !== null) await rememberFolder(context, 'records', file);
  return file;
}

/** Reads again what a board showed before a reload; another run is not shown under the old one's title. */
export async function reopenRecord(key: RunKey): Promise<RecordRead> {
  const read = await readRecord(Uri.parse(key.folder, true));
  if (!read.ok || read.run.key.run === key.run) return read;
  return no(
    l10n.t(
      '{0} holds run {1} now, not run {2}, which this board showed. To look at it, use “Ashlar: Open Journal or Export…”.',
      plainMessage(read.run.folder.name),
      read.run.key.run,
      key.run,
    ),
  );
}

type RecordRead =
  | { readonly ok: true; readonly run: LiveRun }
  /** `ended`: by the person, who need not be told. */
  | { readonly ok: false; readonly ended: boolean; readonly message: string };

const no = (message: string): RecordRead => ({ ok: false, ended: false, message });

/** What takes longer is told, and can be ended; a notification for less would only flicker. */
const quietMs = 700;

async function watched(
  name: string,
  read: (options: OpenOptions) => Promise<ReadRecord>,
): Promise<ReadRecord> {
  const ended = new AbortController();
  let told = (_part: number): void => undefined;
  const record = read({
    signal: ended.signal,
    onProgress: (part) => {
      told(part);
    },
  });
  const show = (): void => {
    const title = l10n.t('Reading {0}', plainMessage(name));
    const where = { location: ProgressLocation.Notification, title, cancellable: true };
    void window.withProgress(where, async (progress, token) => {
      token.onCancellationRequested(() => {
        ended.abort();
      });
      let before = 0;
      told = (part) => {
        progress.report({ increment: (part - before) * 100 });
        before = part;
      };
      await record.catch(() => null);
    });
  };
  const timer = setTimeout(show, quietMs);
  try {
    return await record;
  } finally {
    clearTimeout(timer);
  }
}

async function readRecord(place: Uri): Promise<RecordRead> {
  if (place.scheme !== 'file') {
    return no(l10n.t('Runs can be opened only from a disk, not from {0}.', place.scheme));
  }
  const loaded = await engine();
  const record = await watched(basename(place.fsPath), (options) =>
    loaded.openRecord(place.fsPath, options),
  );
  if (!record.ok) {
    const ended = record.code === 'cancelled';
    return { ok: false, ended, message: sentence(record.message) };
  }
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
