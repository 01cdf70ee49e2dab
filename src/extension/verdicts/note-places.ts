import { Uri } from 'vscode';
import type { JudgedGate } from '../../core/projections/last-verdicts.ts';
import type { EvidenceFile } from '../../engine/evidence-places.ts';
import type { Documents } from '../documents/documents.ts';
import type { RunFiles } from '../documents/run-files.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { FilePlaces, NotePlaces } from './verdict-marks.ts';
import { workingCopy } from './working-copy.ts';

/** What finds the documents in which verdicts are shown. */
export interface PlaceParts {
  readonly documents: Pick<Documents, 'fileUri'>;
  readonly files: Pick<RunFiles, 'read'>;
}

export const nowhere: NotePlaces<Uri> = { files: new Map(), first: null };

/**
 * The documents of a verdict's files. Tests are opened where they lie in the workspace, as long as they
 * are those that judged; what was handed in, in the run's own document, and in the workspace too where
 * it is the same. Throws where the workspace is not trusted, or the store cannot be read.
 */
export async function notePlaces(
  { documents, files }: PlaceParts,
  run: LiveRun,
  judged: Pick<JudgedGate, 'gate' | 'of'>,
  names: readonly string[],
): Promise<NotePlaces<Uri>> {
  const state = run.replayed?.state;
  if (state === undefined) return nowhere;
  const { found, first } = await files.read(run, (engine, store) =>
    engine.evidenceFiles(store, state, judged, names),
  );
  const placeOf = async (file: EvidenceFile): Promise<FilePlaces<Uri>> => {
    const { tree, path, workspacePath, oid, handedIn } = file;
    const copy = await workingCopy(run.folder.uri.fsPath, workspacePath, oid);
    const document = documents.fileUri(run, tree, path);
    const working = copy === 'same' ? [Uri.joinPath(run.folder.uri, workspacePath)] : [];
    const shown = handedIn || working.length === 0 ? [document] : [];
    return { documents: [...shown, ...working], handedIn, path: workspacePath };
  };
  const placed = [...found].map(async ([name, file]) => [name, await placeOf(file)] as const);
  return {
    files: new Map(await Promise.all(placed)),
    first: first === null ? null : await placeOf(first),
  };
}
