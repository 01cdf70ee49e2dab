import { Uri, ViewColumn, window, workspace, type WebviewPanel } from 'vscode';
import { isPlan } from '../actions/pick-plan.ts';
import { webviewOptions } from '../board/webview-page.ts';
import { previewViewType } from '../contributions.ts';
import type { Runs } from '../runs/runs.ts';
import { PlanPreview, type PreviewParts } from './plan-preview.ts';
import { keptPlan } from './preview-check.ts';

/** What previews need from the extension. */
export interface PreviewsParts extends PreviewParts {
  readonly runs: Pick<Runs, 'onDidChange' | 'list'>;
}

/** By plan; a plan has one preview. */
const open = new Map<string, PlanPreview>();

/** Opens the preview of a plan beside its text, or brings it to the front. Runs nothing. */
export async function previewPlan(plan: Uri, parts: PreviewsParts): Promise<void> {
  const known = open.get(plan.toString());
  if (known !== undefined) {
    known.panel.reveal(undefined, true);
    return;
  }
  const text = await workspace.openTextDocument(plan);
  const shown = window.visibleTextEditors.find(({ document }) => document === text);
  // It becomes the active one, which the preview is to stand beside.
  const column = shown?.viewColumn ?? ViewColumn.Active;
  await window.showTextDocument(text, { preview: false, viewColumn: column });
  const panel = window.createWebviewPanel(
    previewViewType,
    '',
    { viewColumn: ViewColumn.Beside, preserveFocus: true },
    webviewOptions(parts.extensionUri),
  );
  keep(panel, plan, parts);
}

/** Fills a tab that the editor brought back after a reload; one whose plan is gone is closed. */
export function restorePreview(panel: WebviewPanel, state: unknown, parts: PreviewsParts): void {
  const kept = keptPlan(state);
  const plan = kept === null ? null : parsed(kept);
  if (plan === null || !isPlan(plan) || open.has(plan.toString())) panel.dispose();
  else keep(panel, plan, parts);
}

function keep(panel: WebviewPanel, plan: Uri, parts: PreviewsParts): void {
  // One that lies in no folder of this window has no earlier runs here.
  const folder = workspace.getWorkspaceFolder(plan)?.uri ?? Uri.joinPath(plan, '..');
  const preview = new PlanPreview(panel, plan, folder.fsPath, parts);
  const key = plan.toString();
  open.set(key, preview);
  let runs = finished(parts.runs);
  const following = parts.runs.onDidChange(() => {
    const now = finished(parts.runs);
    if (now !== runs) preview.runsChanged();
    runs = now;
  });
  panel.onDidDispose(() => {
    following.dispose();
    if (open.get(key) === preview) open.delete(key);
  });
}

/** How many runs are over: only those say what something took. */
const finished = ({ list }: Pick<Runs, 'list'>): number =>
  list.filter(({ outcome }) => outcome !== null).length;

/** What a page kept may be anything. */
function parsed(text: string): Uri | null {
  try {
    return Uri.parse(text, true);
  } catch {
    return null;
  }
}
