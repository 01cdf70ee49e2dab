import { commands as vscodeCommands, window, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { needsYou } from '../../core/projections/needs-you.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { RunKey } from '../../protocol/board.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import { shortRun } from '../actions/short-run.ts';
import { sentence } from '../actions/sentence.ts';
import { commands as ids, settings } from '../contributions.ts';
import type { LiveRun } from '../runs/runs.ts';
import { nextNotice, type Notice } from './notice.ts';
import { plainMessage } from './shown-text.ts';
import { watchCurrent, type Ending } from './watch-current.ts';

/** What was told of a run, kept so that a reload does not tell it again. */
const toldKey = 'ashlar.toldNeeds';

interface Told {
  readonly run: string;
  readonly needs: readonly string[];
}

type Parts = Pick<ActionParts, 'runs' | 'boards' | 'context' | 'log'>;

/** One notification when a person becomes needed, and one for a run that was left unfinished. */
export function notify(parts: Parts): Ending[] {
  const { runs, context } = parts;
  const offered = new Set<string>();
  return [
    watchCurrent(runs, { changed: (run) => run !== null && tellNeeds(parts, context, run) }),
    runs.onDidChange(() => offerInterrupted(parts, offered)),
    runs.onDidStop(({ key, message }) => {
      const text = `Run ${shortRun(key.run)} stopped: ${sentence(oneLine(message, 300))}`;
      ask(parts, text, 'error', [['Go On', () => goOn(parts, key)], outputButton(parts)]);
    }),
  ];
}

function tellNeeds(parts: Parts, { workspaceState }: ExtensionContext, run: LiveRun): void {
  const state = run.replayed?.state;
  if (state === undefined) return;
  const before = workspaceState.get<Told>(toldKey);
  const known = before?.run === state.run ? before.needs : [];
  const { told, notice } = nextNotice(known, needsYou(state));
  if (told.join() !== known.join() || before?.run !== state.run) {
    void workspaceState.update(toldKey, { run: state.run, needs: told } satisfies Told);
  }
  if (notice === null) return;
  const section = workspace.getConfiguration(settings.section, run.folder.uri);
  if (section.get<boolean>(settings.notifyWhenNeeded) !== false) tell(parts, run, notice);
}

function tell(parts: Parts, { key }: LiveRun, { says, canApprove }: Notice): void {
  const approve: Button = ['Approve…', () => vscodeCommands.executeCommand(ids.approveGate)];
  const open: Button = ['Open Board', () => parts.boards.open(key, { view: 'gates' })];
  ask(parts, `Ashlar, run ${shortRun(key.run)}: ${says}`, 'warning', [
    ...(canApprove ? [approve] : []),
    open,
  ]);
}

function offerInterrupted(parts: Parts, offered: Set<string>): void {
  if (!workspace.isTrusted) return;
  for (const key of parts.runs.interrupted) {
    const name = `${key.folder} ${key.run}`;
    if (offered.has(name)) continue;
    offered.add(name);
    ask(
      parts,
      `Run ${shortRun(key.run)} was interrupted. Nothing that was sealed is lost.`,
      'info',
      [
        ['Go On', () => goOn(parts, key)],
        ['Open Board', () => parts.boards.open(key)],
        ['Not Now', () => undefined],
      ],
    );
  }
}

async function goOn({ runs }: Parts, key: RunKey): Promise<void> {
  const began = await runs.resume(key);
  if (!began.ok) void window.showErrorMessage(plainMessage(sentence(began.message)));
}

type Button = readonly [title: string, act: () => unknown];

const outputButton = ({ log }: Parts): Button => ['Show Output', () => log.show(true)];

const show = {
  info: (text: string, titles: string[]) =>
    window.showInformationMessage(plainMessage(text), ...titles),
  warning: (text: string, titles: string[]) =>
    window.showWarningMessage(plainMessage(text), ...titles),
  error: (text: string, titles: string[]) => window.showErrorMessage(plainMessage(text), ...titles),
};

/** Waits for nobody: a notification may stay for hours. */
function ask(
  { log }: Parts,
  text: string,
  level: keyof typeof show,
  buttons: readonly Button[],
): void {
  const titles = buttons.map(([title]) => title);
  const answered = async (): Promise<void> => {
    const answer = await show[level](text, titles);
    await buttons.find(([title]) => title === answer)?.[1]();
  };
  answered().catch((error: unknown) => {
    log.error(error instanceof Error ? error : String(error));
    void show.error(error instanceof Error ? error.message : String(error), []);
  });
}
