import { l10n, window, workspace, type Uri } from 'vscode';
import type { ActionParts } from './action-parts.ts';
import { namedPlan, pickAnyPlan } from './pick-plan.ts';

export async function openPlan(parts: ActionParts, named: string): Promise<void> {
  await show(namedPlan(parts, named));
}

export async function openPlanFromPalette(parts: ActionParts): Promise<void> {
  await show(await pickAnyPlan(parts, l10n.t('Open which plan?')));
}

async function show(plan: Uri | null): Promise<void> {
  if (plan !== null) await window.showTextDocument(await workspace.openTextDocument(plan));
}
