import { commands, l10n, window, type LogOutputChannel } from 'vscode';
import { oneLine } from '../../core/projections/safe-text.ts';
import { Emitter } from '../runs/emitter.ts';
import { plainMessage } from './shown-text.ts';

/** A part of the extension that cannot be loaded: its file is damaged or lacks, or does not run here. */
export class LoadFailure extends Error {
  override readonly name = 'LoadFailure';
}

/** By its name: each of our bundles has a class of its own. */
export const isLoadFailure = (error: unknown): error is LoadFailure =>
  error instanceof Error && error.name === 'LoadFailure';

let first: LoadFailure | null = null;
const failed = new Emitter<LoadFailure>();

/** The first part that could not be loaded; null where all that was asked for is there. */
export const loadFailure = (): LoadFailure | null => first;

/** Told once of each part. */
export const onLoadFailure = failed.event;

/** Says which file cannot be loaded, why, and what to do; whoever listens is told. */
export function notLoaded(file: string, cause: unknown): LoadFailure {
  const why = oneLine(cause instanceof Error ? cause.message : String(cause), 200);
  const says = l10n.t(
    'Ashlar cannot load its own file {0}: {1}. Reload the window; if that does not help, install the extension again. What was built is safe in the folder.',
    ...[file, why],
  );
  const failure = new LoadFailure(says, { cause });
  first ??= failure;
  failed.fire(failure);
  return failure;
}

/** What stands before a person is not told a second time. */
const told = new Set<string>();

/** Beside the editor, with what to do at once; why exactly is in the output. */
export async function tellLoadFailure(
  log: Pick<LogOutputChannel, 'error' | 'show'>,
  { message, cause }: LoadFailure,
): Promise<void> {
  if (told.has(message)) return;
  told.add(message);
  log.error(message);
  log.error(cause instanceof Error ? cause : String(cause));
  const [reload, show] = [l10n.t('Reload Window'), l10n.t('Show Output')];
  try {
    const answer = await window.showErrorMessage(plainMessage(message), reload, show);
    if (answer === reload) await commands.executeCommand('workbench.action.reloadWindow');
    if (answer === show) log.show(true);
  } finally {
    told.delete(message);
  }
}
