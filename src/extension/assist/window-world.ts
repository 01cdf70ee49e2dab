import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { RunId } from '../../core/ids.ts';
import type { Started, ToolWorld } from '../../engine/tools/tool-world.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import { engine } from '../engine-door.ts';
import { runSettings } from '../runs/run-settings.ts';
import type { Began } from '../runs/runs.ts';

/** What planning may use up that a model asks for; the same as for a person. */
const planning = { tokens: 2_000_000, turns: 400, microUsd: 10_000_000, ms: 30 * 60_000 } as const;

/** The workspace as tools of this window act on it: what they start is driven here, like all else. */
export async function windowWorld(
  { runs, models }: ActionParts,
  { uri }: WorkspaceFolder,
): Promise<ToolWorld> {
  const { readRun, readReport, checkPlan, planGoal, preparePullRequest, systemClock } =
    await engine();
  const { base, sandbox, scriptedAgentSpeed: speed } = runSettings({ uri });
  const workspaceFolder = uri.fsPath;
  const clock = systemClock();
  const keyOf = (run: RunId) => ({ folder: uri.toString(), run });
  return {
    workspace: workspaceFolder,
    now: () => clock.now(),
    readRun: (run) => readRun(workspaceFolder, run),
    readReport: (record) => readReport(record),
    checkPlan: (planFile, { says, signal }) =>
      checkPlan({ workspace: workspaceFolder, planFile, base, sandbox, signal, onProgress: says }),
    planGoal: async (asked, { says, signal }) =>
      planGoal({
        ...asked,
        ...{ workspace: workspaceFolder, base, speed, signal, budget: planning },
        ...{ agents: null, script: null, force: false, mayAsk: true, person: null },
        models: await models.options(),
        onProgress: (progress) => says(progress.says),
      }),
    startRun: async (planFile, way, { signal }) =>
      startedBy(await runs.start(Uri.joinPath(uri, planFile), signal, way)),
    resumeRun: async (run) => startedBy(await runs.resume(keyOf(run))),
    preparePullRequest: (run, wishes) => preparePullRequest(workspaceFolder, run, wishes),
    send: (run, request) => runs.send(keyOf(run), request),
  };
}

const startedBy = (began: Began): Started =>
  began.ok
    ? { ok: true, run: began.key.run, notes: began.notes }
    : {
        ok: false,
        message:
          began.code === 'plan-refused'
            ? 'the plan is refused; `check_plan` tells why'
            : began.message,
      };

/** Which folder a request is about: that of the run that it names, else of the current run, else the only one. */
export async function folderFor(
  { runs }: ActionParts,
  run: unknown,
): Promise<WorkspaceFolder | string> {
  await runs.ready;
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const named = typeof run === 'string' ? runs.list.find(({ key }) => key.run === run) : undefined;
  const folder = named?.key.folder ?? runs.current?.key.folder;
  const found = folders.find(({ uri }) => uri.toString() === folder);
  if (found !== undefined) return found;
  const [only, ...others] = folders;
  if (only === undefined) return 'no folder is open in this window';
  return others.length === 0
    ? only
    : 'several folders are open, and none has a current run: name a run';
}
