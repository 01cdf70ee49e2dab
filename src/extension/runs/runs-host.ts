import type { Event, LogOutputChannel, Memento, Uri, WorkspaceFolder } from 'vscode';
import type { ModelOptions } from '../../engine/agents/model-service.ts';

export type Engine = typeof import('../engine.ts');

/** How runs of a folder are started and gone on with, by its settings. */
export interface RunSettings {
  readonly sandbox: 'prefer' | 'require' | 'off';
  readonly base: 'work-tree' | 'HEAD';
  readonly resumeInterruptedRuns: 'ask' | 'always';
  readonly scriptedAgentSpeed: number;
}

/** All that the runs need of the editor; its one real form is in `create-runs.ts`. */
export interface RunsHost {
  /** Those that lie on a disk; in others there are no runs. */
  readonly folders: readonly WorkspaceFolder[];
  readonly onFolders: Event<void>;
  readonly trusted: boolean;
  readonly onTrusted: Event<void>;
  /** The innermost folder that holds a file. */
  folderOf(file: Uri): WorkspaceFolder | null;
  /** Writes what was typed into a file and not saved. False where that did not work. */
  save(file: Uri): Promise<boolean>;
  settings(folder: WorkspaceFolder): RunSettings;
  /** Of this workspace; outlives the window. */
  readonly memory: Pick<Memento, 'get' | 'update'>;
  readonly log: Pick<LogOutputChannel, 'info' | 'warn' | 'error'>;
  engine(): Promise<Engine>;
  /** How agents that are models are reached from this window. */
  models(): Promise<ModelOptions>;
  /** In whose name commands are given. */
  readonly by: string;
}
