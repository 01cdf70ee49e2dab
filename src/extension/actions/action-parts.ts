import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Boards } from '../board/boards.ts';
import type { Documents } from '../documents/documents.ts';
import type { Drafts } from '../drafts/drafts.ts';
import type { Plans } from '../plan/plans.ts';
import type { WindowModels } from '../runs/models.ts';
import type { Runs } from '../runs/runs.ts';

/** All that a person's actions act on, whether they come from a webview or from a command. */
export interface ActionParts {
  readonly context: ExtensionContext;
  readonly runs: Runs;
  /** How agents of models are reached. */
  readonly models: Pick<WindowModels, 'options'>;
  readonly drafts: Drafts;
  readonly documents: Documents;
  readonly boards: Boards;
  readonly plans: Plans;
  readonly log: LogOutputChannel;
  /** Says what did not work, where the person asked for it: on the board, or beside the editor. */
  readonly refused: (message: string) => void;
}
