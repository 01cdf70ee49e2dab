import { workspace, type WorkspaceFolder } from 'vscode';
import { settings as names } from '../contributions.ts';
import type { RunSettings } from './runs-host.ts';

/** What the settings say of runs in a folder. */
export function runSettings(folder: Pick<WorkspaceFolder, 'uri'>): RunSettings {
  const section = workspace.getConfiguration(names.section, folder.uri);
  const speed = section.get<unknown>(names.scriptedAgentSpeed);
  const isSpeed = typeof speed === 'number' && Number.isFinite(speed) && speed >= 0.1;
  return {
    sandbox: oneOf(section.get(names.sandbox), ['prefer', 'require', 'off']),
    base: oneOf(section.get(names.base), ['work-tree', 'HEAD']),
    resumeInterruptedRuns: oneOf(section.get(names.resumeInterruptedRuns), ['ask', 'always']),
    scriptedAgentSpeed: isSpeed ? speed : 1,
  };
}

/** Settings are written by hand: what is none of the words counts as the first. */
function oneOf<T extends string>(value: unknown, words: readonly [T, ...T[]]): T {
  return words.find((word) => word === value) ?? words[0];
}
