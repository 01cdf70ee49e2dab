import { l10n, window } from 'vscode';
import type { DeskRun, RunKey, Show } from '../../protocol/board.ts';
import type { ActionParts } from './action-parts.ts';
import { runLine } from './run-line.ts';

/** Opens the board of a run; without a key that of the current one. */
export async function openBoard(
  parts: ActionParts,
  key: RunKey | null,
  show?: Show,
): Promise<void> {
  await parts.runs.ready;
  const which = key ?? parts.runs.current?.key ?? parts.runs.list[0]?.key;
  if (which === undefined) {
    parts.refused(l10n.t('There is no run in this window yet. Run a plan or the example first.'));
    return;
  }
  await parts.boards.open(which, show);
}

/** Makes a run the one that side bar, status bar and palette are about. */
export async function selectRun({ runs }: ActionParts, key: RunKey): Promise<void> {
  await runs.select(key);
}

export async function chooseRun(parts: ActionParts): Promise<void> {
  const { runs } = parts;
  await runs.ready;
  if (runs.list.length === 0) return openBoard(parts, null);
  const now = Date.now();
  const items = runs.list.map((run: DeskRun) => ({ ...runLine(run, now), key: run.key }));
  const picked = await window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: l10n.t('Which run?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined) return;
  await runs.select(picked.key);
  await parts.boards.open(picked.key);
}
