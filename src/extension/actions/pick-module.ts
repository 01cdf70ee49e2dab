import { l10n, window } from 'vscode';
import type { ModuleId } from '../../core/ids.ts';
import type { ModuleState } from '../../core/module-state.ts';
import type { LiveRun } from '../runs/runs.ts';
import { plainLabel } from '../native/shown-text.ts';
import type { ActionParts } from './action-parts.ts';
import { shortRun } from './short-run.ts';

/** Asks for a module of a run, of those that fit; null where a person chose none. */
export async function pickModule(
  { refused }: ActionParts,
  run: LiveRun,
  title: string,
  fits: (module: ModuleState) => boolean,
): Promise<ModuleId | null> {
  const state = run.replayed?.state;
  const statuses = state === undefined ? [] : run.engine.moduleStatuses(state);
  const items = statuses.flatMap((status, node) => {
    const module = state?.modules.get(node);
    if (module === undefined || !fits(module)) return [];
    const stream = state?.plan.modules[node]?.stream ?? '';
    return [
      { label: module.id, description: plainLabel(status.text), detail: stream, id: module.id },
    ];
  });
  if (items.length === 0) {
    refused(l10n.t('Run {0} has no module for that now.', shortRun(run.key.run)));
    return null;
  }
  const picked = await window.showQuickPick(items, {
    ignoreFocusOut: true,
    title,
    matchOnDescription: true,
  });
  return picked?.id ?? null;
}
