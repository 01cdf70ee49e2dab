import { l10n, window, type ExtensionContext, type WebviewPanel } from 'vscode';
import type { RunKey, Show, Travel } from '../../protocol/board.ts';
import { isSameRun } from '../../protocol/run-key.ts';
import { act } from '../actions/act.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import { boardViewType, recordViewType } from '../contributions.ts';
import type { RunFiles } from '../documents/run-files.ts';
import { late } from '../late-door.ts';
import { messageOf } from '../native/error-message.ts';
import { say } from '../native/say.ts';
import { keyText } from '../runs/run-place.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { answerTo } from './answers.ts';
import { BoardPanel } from './board-panel.ts';
import { createDesk } from './desk.ts';
import { checkRunKey } from './message-check.ts';
import { rememberRecord, wasRecord } from './records.ts';
import { SidebarView } from './sidebar-view.ts';
import type { LinkParts } from './webview-link.ts';

/** The boards of this window: one editor tab a run, and the side bar's view. */
export interface Boards {
  /** Opens a run's board or brings it to the front, at this place where one is given. */
  open(key: RunKey, show?: Show): Promise<void>;
  /** Goes through the time of the board in front. */
  travel(to: Travel): void;
  /** Shows a run from a file, to be looked at alone. */
  openRecord(run: LiveRun): void;
  /** Says what did not work where the person is looking: on a board, or else beside the editor. */
  refused(message: string): void;
}

/** What boards need besides the runs. */
export interface BoardsParts extends Pick<
  ActionParts,
  'drafts' | 'documents' | 'plans' | 'log' | 'models'
> {
  readonly files: RunFiles;
}

export function registerBoards(context: ExtensionContext, runs: Runs, parts: BoardsParts): Boards {
  const desk = createDesk(runs);
  const panels = new Map<string, BoardPanel>();
  const { drafts, documents, plans, log, files, models } = parts;

  const link: LinkParts = {
    extensionUri: context.extensionUri,
    drafts,
    desk: () => desk.desk,
    log: (message) => log.warn(message),
    answer: (question, run) => answerTo(question, run, files),
    act: (action, run, refused) =>
      act(action, run, { context, runs, drafts, documents, boards, plans, log, models, refused }),
  };
  const sidebar = new SidebarView(context, runs, link);

  const keep = (key: RunKey, board: BoardPanel): void => {
    const text = keyText(key);
    panels.set(text, board);
    board.panel.onDidDispose(() => {
      if (panels.get(text) === board) panels.delete(text);
    });
  };
  /** One that could not be brought back says why, and is there for when its run is opened again. */
  const keepBroken = (key: RunKey | null, panel: WebviewPanel, why: string): void => {
    const board = new BoardPanel(panel, null, link);
    board.channel.refused(why);
    if (key !== null && !panels.has(keyText(key))) keep(key, board);
  };

  const inFront = (): BoardPanel | undefined =>
    [...panels.values()].find(({ panel }) => panel.active);
  const show = (run: LiveRun): BoardPanel => {
    let board = panels.get(keyText(run.key));
    if (board === undefined) {
      board = BoardPanel.open(run, link);
      keep(run.key, board);
    } else {
      // Its folder may have been closed and opened again, or could not be read: then it is followed anew.
      board.channel.follow(run);
      board.panel.reveal();
    }
    return board;
  };

  const boards: Boards = {
    openRecord: (run) => {
      show(run);
      void rememberRecord(context, run.key);
    },
    open: async (key, place) => {
      const run = await runs.follow(key);
      if (run === null) {
        boards.refused(l10n.t('There is no run {0} in this window.', key.run));
        return;
      }
      const board = show(run);
      if (place !== undefined) board.channel.show(place);
    },
    travel: (to) => inFront()?.channel.travel(to),
    refused: (message) => {
      const active = inFront();
      if (active !== undefined) active.channel.refused(message);
      else if (sidebar.visible) sidebar.refused(message);
      else say(log, 'error', message);
    },
  };

  const restore = async (panel: WebviewPanel, state: unknown): Promise<void> => {
    await runs.ready;
    const key = keptKey(state);
    try {
      // A page that was reloaded before it had kept anything shows what the side bar shows.
      const run = await (key === null ? runs.current : runs.follow(key));
      // A run that was removed, or whose folder is no longer open, has no board.
      if (run === null || panels.has(keyText(run.key))) panel.dispose();
      else keep(run.key, new BoardPanel(panel, run, link));
    } catch (error) {
      // The editor would say that it could not be shown, and not why.
      keepBroken(key, panel, messageOf(error));
    }
  };

  /** A file that is gone, or is another one now, says so in its place. */
  const restoreRecord = async (panel: WebviewPanel, state: unknown): Promise<void> => {
    const key = keptKey(state);
    const read =
      key !== null && wasRecord(context, key) ? await late().reopenRecord(key) : notKnown();
    if (read.ok) keep(read.run.key, new BoardPanel(panel, read.run, link));
    else keepBroken(key, panel, read.message);
  };

  context.subscriptions.push(
    desk,
    desk.onDidChange(() => {
      sidebar.deskChanged();
      for (const { channel } of panels.values()) {
        channel.deskChanged();
        followAnew(runs, channel);
      }
    }),
    window.registerWebviewPanelSerializer(boardViewType, { deserializeWebviewPanel: restore }),
    window.registerWebviewPanelSerializer(recordViewType, {
      deserializeWebviewPanel: restoreRecord,
    }),
  );
  return boards;
}

/** A run whose folder was put back is another one to those who follow it. */
function followAnew(runs: Runs, channel: BoardPanel['channel']): void {
  const { run } = channel;
  if (run?.hasEnded !== true || !runs.list.some(({ key }) => isSameRun(key, run.key))) return;
  void runs.follow(run.key).then((again) => {
    if (again !== null && channel.run === run) channel.follow(again);
  });
}

/** What a page kept of itself; pages can say anything. */
const keptKey = (state: unknown): RunKey | null =>
  checkRunKey(typeof state === 'object' && state !== null && 'key' in state ? state.key : null);

const notKnown = (): { readonly ok: false; readonly message: string } => ({
  ok: false,
  message: l10n.t(
    'The editor did not keep which file this board showed; use “Ashlar: Open Journal or Export…”.',
  ),
});
