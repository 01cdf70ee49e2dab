import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ExtensionContext, Uri } from 'vscode';

const kept = (what: string): string => `ashlar.folder.${what}`;

/** Files that people choose again and again. */
type Chosen = 'records' | 'exports';

type Context = Pick<ExtensionContext, 'workspaceState'>;

/**
 * In which folder a dialog opens: where one of these was chosen last, or else the first that is there of
 * what is proposed. null: the editor knows as well as anybody.
 */
export async function dialogFolder(
  { workspaceState }: Context,
  what: Chosen,
  proposed: readonly string[],
): Promise<string | null> {
  const last = workspaceState.get<unknown>(kept(what));
  for (const path of [...(typeof last === 'string' ? [last] : []), ...proposed]) {
    const there = await stat(path).catch(() => null);
    if (there?.isDirectory() === true) return path;
  }
  return null;
}

/** The next dialog opens where this one was chosen. */
export async function rememberFolder(
  { workspaceState }: Context,
  what: Chosen,
  file: Uri,
): Promise<void> {
  if (file.scheme === 'file') await workspaceState.update(kept(what), dirname(file.fsPath));
}
