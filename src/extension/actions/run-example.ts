import { commands as vscodeCommands, l10n, Uri, window, workspace } from 'vscode';
import type { ActionParts } from './action-parts.ts';
import {
  exampleName,
  examplePlan,
  exampleTarget,
  isExample,
  layOutExample,
} from './example-folder.ts';
import { runPlan } from './run-plan.ts';

/** Which folder is to run the example once it is open; the window is another one by then. */
const markerKey = 'ashlar.runExampleIn';
/** Whoever comes back later has something else in mind. */
const markerLastsMs = 10 * 60_000;

interface Marker {
  readonly folder: string;
  readonly at: number;
}

/** In the example's own folder it just runs; else it is laid out in a folder that a person chooses. */
export async function runExample(parts: ActionParts): Promise<void> {
  const here = await openExample();
  if (here !== null) return runPlan(parts, here);
  const [chosen] =
    (await window.showOpenDialog({
      ...{ canSelectFolders: true, canSelectFiles: false, canSelectMany: false },
      title: l10n.t('Choose an empty folder for the example'),
      openLabel: l10n.t('Lay Out the Example Here'),
    })) ?? [];
  if (chosen === undefined) return;
  if (chosen.scheme !== 'file') {
    parts.refused(l10n.t('The example needs a folder on a disk.'));
    return;
  }
  const target = await exampleTarget(chosen.fsPath);
  const source = Uri.joinPath(parts.context.extensionUri, 'examples', exampleName).fsPath;
  try {
    await layOutExample(source, target);
  } catch (error) {
    parts.log.error(error instanceof Error ? error : String(error));
    parts.refused(
      l10n.t(
        'The example could not be laid out in {0}. It needs git and a folder that can be written; the output says more.',
        target,
      ),
    );
    return;
  }
  // Laid out in a folder of this very window: no other one is needed.
  const laidOut = await openExample();
  if (laidOut !== null) return runPlan(parts, laidOut);
  const folder = Uri.file(target);
  const marker: Marker = { folder: folder.toString(), at: Date.now() };
  await parts.context.globalState.update(markerKey, marker);
  const forceNewWindow = (workspace.workspaceFolders ?? []).length > 0;
  await vscodeCommands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
}

/** The plan of the example where a folder of this window is a copy of it. */
async function openExample(): Promise<Uri | null> {
  for (const { uri } of workspace.workspaceFolders ?? []) {
    if (uri.scheme === 'file' && (await isExample(uri.fsPath)))
      return Uri.joinPath(uri, examplePlan);
  }
  return null;
}

/** Goes on where `runExample` left off in another window, as soon as the folder is trusted. */
export async function finishExample(parts: ActionParts): Promise<void> {
  const { context } = parts;
  const marker = context.globalState.get<Marker>(markerKey);
  if (marker === undefined) return;
  const isHere = (workspace.workspaceFolders ?? []).some(
    ({ uri }) => uri.toString() === marker.folder,
  );
  const isStale = Date.now() - marker.at > markerLastsMs;
  if (!isHere && !isStale) return;
  await context.globalState.update(markerKey, undefined);
  if (!isHere || isStale) return;
  if (!workspace.isTrusted) await trusted(parts);
  await parts.runs.ready;
  await runExample(parts);
}

function trusted({ context }: ActionParts): Promise<void> {
  return new Promise((resolve) => {
    context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(() => resolve()));
  });
}
