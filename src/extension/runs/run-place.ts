import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspaceFolder } from 'vscode';
import type { RunId } from '../../core/ids.ts';
import type { RunKey } from '../../protocol/board.ts';

/** Where a run lies. */
export interface RunPlace {
  readonly key: RunKey;
  readonly folder: WorkspaceFolder;
  /** The workspace folder on disk. */
  readonly workspace: string;
  /** The run's own folder. */
  readonly path: string;
}

export const runsFolder = (workspace: string): string => join(workspace, '.ce-workspace', 'runs');

export function runPlace(folder: WorkspaceFolder, run: RunId): RunPlace {
  const workspace = folder.uri.fsPath;
  const path = join(runsFolder(workspace), run);
  return { key: { folder: folder.uri.toString(), run }, folder, workspace, path };
}

/** One text for each key; neither part can hold a space. */
export const keyText = ({ folder, run }: RunKey): string => `${run} ${folder}`;

export async function hasLock(path: string): Promise<boolean> {
  return (await lstat(join(path, 'lock.json')).catch(() => null)) !== null;
}

/** When a driver last did anything here, UTC milliseconds: journal, heartbeat, or its last one. */
export async function lastSignOfLife(path: string): Promise<number> {
  const names = ['journal.jsonl', 'lock.json', 'lock.last.json'];
  const stats = await Promise.all(names.map((name) => lstat(join(path, name)).catch(() => null)));
  return Math.max(0, ...stats.map((each) => each?.mtimeMs ?? 0));
}
