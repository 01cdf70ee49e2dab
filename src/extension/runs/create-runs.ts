import { userInfo } from 'node:os';
import { workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { settings as names } from '../contributions.ts';
import { engine } from '../engine-door.ts';
import { AllRuns } from './all-runs.ts';
import type { RunsHost } from './runs-host.ts';
import type { Runs } from './runs.ts';

/** The runs of this window; looks for them at once. */
export function createRuns(context: ExtensionContext, log: LogOutputChannel): Runs {
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
    settings: (folder) => {
      const section = workspace.getConfiguration(names.section, folder.uri);
      const speed = section.get<unknown>(names.scriptedAgentSpeed);
      const isSpeed = typeof speed === 'number' && Number.isFinite(speed) && speed >= 0.1;
      return {
        sandbox: oneOf(section.get(names.sandbox), ['prefer', 'require', 'off']),
        base: oneOf(section.get(names.base), ['work-tree', 'HEAD']),
        resumeInterruptedRuns: oneOf(section.get(names.resumeInterruptedRuns), ['ask', 'always']),
        scriptedAgentSpeed: isSpeed ? speed : 1,
      };
    },
    memory: context.workspaceState,
    log,
    engine,
    by: userName(),
  };
  return new AllRuns(host);
}

/** Settings are written by hand: what is none of the words counts as the first. */
function oneOf<T extends string>(value: unknown, words: readonly [T, ...T[]]): T {
  return words.find((word) => word === value) ?? words[0];
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'editor';
  }
}
