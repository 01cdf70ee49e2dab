import { userInfo } from 'node:os';
import { workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { engine } from '../engine-door.ts';
import { AllRuns } from './all-runs.ts';
import type { WindowModels } from './models.ts';
import { runSettings } from './run-settings.ts';
import type { RunsHost } from './runs-host.ts';
import type { Runs } from './runs.ts';

/** The runs of this window; looks for them at once. */
export function createRuns(
  context: ExtensionContext,
  log: LogOutputChannel,
  models: WindowModels,
): Runs {
  const host: RunsHost = {
    get folders() {
      return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    },
    onFolders: (listener, thisArgs, disposables) =>
      workspace.onDidChangeWorkspaceFolders(
        () => {
          listener.call(thisArgs);
        },
        undefined,
        disposables,
      ),
    get trusted() {
      return workspace.isTrusted;
    },
    onTrusted: workspace.onDidGrantWorkspaceTrust,
    folderOf: (file) => {
      const folder = file.scheme === 'file' ? workspace.getWorkspaceFolder(file) : undefined;
      return folder ?? null;
    },
    save: async (file) => {
      const text = file.toString();
      const open = workspace.textDocuments.find(({ uri }) => uri.toString() === text);
      return open?.isDirty === true ? await open.save() : true;
    },
    settings: runSettings,
    memory: context.workspaceState,
    log,
    engine,
    models: () => models.options(),
    by: userName(),
  };
  return new AllRuns(host);
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'editor';
  }
}
