import { l10n, Uri, window, workspace } from 'vscode';
import { commands as vscodeCommands } from 'vscode';
import { commands as ids } from '../contributions.ts';
import { plainLabel } from '../native/shown-text.ts';
import type { ActionParts } from './action-parts.ts';

/** True for a plan file that lies on a disk, in a folder of this window. */
export const isPlan = (uri: Uri): boolean =>
  isPlanFile(uri) && workspace.getWorkspaceFolder(uri) !== undefined;

/** True for any plan file on a disk: one that is only looked at may lie in no folder of this window. */
export const isPlanFile = (uri: Uri): boolean =>
  uri.scheme === 'file' && /\.plan\.ya?ml$/i.test(uri.path);

/** A plan that somebody named by its URI; null, and said so, where it is none. */
export function namedPlan({ refused }: ActionParts, text: string): Uri | null {
  const uri = Uri.parse(text);
  if (isPlan(uri)) return uri;
  refused(l10n.t('That is no plan file of a folder that is open here.'));
  return null;
}

/** The plan in the active editor, or the only one, or the one that is picked. */
export async function pickPlan(parts: ActionParts, title: string): Promise<Uri | null> {
  const active = window.activeTextEditor?.document.uri;
  if (active !== undefined && isPlan(active)) return active;
  return pickAnyPlan(parts, title);
}

export async function pickAnyPlan(parts: ActionParts, title: string): Promise<Uri | null> {
  const plans = await parts.plans.find();
  const [first] = plans;
  if (first === undefined) {
    offerToBegin();
    return null;
  }
  if (plans.length === 1) return first;
  const many = (workspace.workspaceFolders?.length ?? 0) > 1;
  const items = plans.map((uri) => ({
    ...{ label: plainLabel(workspace.asRelativePath(uri, many)), uri },
  }));
  return (await window.showQuickPick(items, { ignoreFocusOut: true, title }))?.uri ?? null;
}

/** Does not wait for the answer: whoever asked for a plan has got none. */
function offerToBegin(): void {
  const offers = new Map([
    [l10n.t('Plan from a Goal…'), ids.planGoal],
    [l10n.t('Create Plan…'), ids.createPlan],
    [l10n.t('Run the Example'), ids.runExample],
  ]);
  void window
    .showInformationMessage(
      l10n.t('No folder of this window holds a plan (*.plan.yaml).'),
      ...offers.keys(),
    )
    .then((answer) => {
      const command = answer === undefined ? undefined : offers.get(answer);
      return command === undefined ? undefined : vscodeCommands.executeCommand(command);
    });
}
