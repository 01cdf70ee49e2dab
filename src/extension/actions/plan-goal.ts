import {
  l10n,
  ProgressLocation,
  Uri,
  ViewColumn,
  commands as vscodeCommands,
  window,
  workspace,
  type WorkspaceFolder,
} from 'vscode';
import type { Amount } from '../../core/budget.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Question } from '../../engine/agents/outcome.ts';
import type { PlannedGoal, ProposedPlan } from '../../engine/architect/planned-goal.ts';
import type { PlanningProgress } from '../../engine/architect/planning-desk.ts';
import { commands as ids } from '../contributions.ts';
import { engine } from '../engine-door.ts';
import { say } from '../native/say.ts';
import { plainMessage } from '../native/shown-text.ts';
import { runSettings } from '../runs/run-settings.ts';
import type { ActionParts } from './action-parts.ts';
import { askQuestions } from './ask-questions.ts';
import { pickFolder } from './create-plan.ts';
import { openPlanningTranscript } from './open-planning-transcript.ts';
import { tellFailure } from './tell-failure.ts';
import { isTrusted } from './trust.ts';

/** The last goal of this workspace, offered again where nothing came of it. */
const goalKey = 'ashlar.goal';

/** What planning a goal may use up; the command line takes others. */
const planningBudget: Amount = {
  ...{ tokens: 2_000_000, microUsd: 10_000_000 },
  ...{ turns: 400, ms: 30 * 60_000 },
};

/**
 * Has agents propose a plan for a goal, and opens it with its design beside it. Nothing of it runs
 * before a person says so.
 */
export async function planGoal(parts: ActionParts): Promise<void> {
  const { context, refused } = parts;
  if (!(await isTrusted())) return;
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0) {
    refused(l10n.t('Open the folder first in which it is to be built.'));
    return;
  }
  const folder = folders.length === 1 ? folders[0] : await pickFolder(folders);
  if (folder === undefined) return;
  const goal = await window.showInputBox({
    title: l10n.t('New plan from a goal'),
    prompt: l10n.t(
      'What is to be built? Agents look around, and propose a plan; nothing of it runs yet.',
    ),
    value: context.workspaceState.get<string>(goalKey) ?? '',
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === '' ? l10n.t('Say it in a sentence or two.') : null),
  });
  if (goal === undefined) return;
  await context.workspaceState.update(goalKey, goal);
  const agents = await pickAgents(folder);
  if (agents === null) return;
  const planned = await withProgress(parts, folder, { goal, agents });
  if (planned.planning !== null) {
    parts.log.info(`planning: its transcripts are those of ${planned.planning}`);
  }
  for (const note of planned.notes) parts.log.info(`planning: ${oneLine(note, 1_000)}`);
  await tell(parts, folder, planned);
}

const scriptedPlanners = () => ({
  ...{ label: l10n.t('Scripted agents'), description: l10n.t('play script/ in this folder') },
  agents: 'scripted',
});
const modelPlanners = () => [
  {
    label: l10n.t('Models of Anthropic'),
    description: l10n.t('they need a key'),
    agents: 'anthropic',
  },
  {
    label: 'Claude Code',
    description: l10n.t('it needs a key and its package'),
    agents: 'claude-code',
  },
  {
    label: l10n.t('A model of the editor'),
    description: l10n.t('as its extensions offer it'),
    agents: 'vscode-lm',
  },
];

/** null: none was picked. Scripted ones are there where a script can play a planning. */
async function pickAgents({ uri }: WorkspaceFolder): Promise<string | null> {
  const scripted = await Promise.all(
    ['scout', 'architect'].map((name) =>
      workspace.fs.stat(Uri.joinPath(uri, 'script', name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  const there = [...(scripted.includes(true) ? [scriptedPlanners()] : []), ...modelPlanners()];
  const picked = await window.showQuickPick(there, {
    ignoreFocusOut: true,
    title: l10n.t('Who plans it?'),
  });
  return picked?.agents ?? null;
}

/** Cancelling ends the agents; what they have cost until then is spent. */
function withProgress(
  { models, log }: ActionParts,
  { uri }: WorkspaceFolder,
  asked: { readonly goal: string; readonly agents: string },
): Thenable<PlannedGoal> {
  const { base, scriptedAgentSpeed } = runSettings({ uri });
  const where = {
    location: ProgressLocation.Notification,
    title: l10n.t('Planning'),
    cancellable: true,
  };
  return window.withProgress(where, async (progress, token) => {
    const cancelling = new AbortController();
    const listening = token.onCancellationRequested(() => cancelling.abort());
    const { planGoal: plan } = await engine();
    const options = {
      workspace: uri.fsPath,
      ...{ ...asked, name: null, force: false, script: null, models: await models.options() },
      ...{ base, speed: scriptedAgentSpeed },
      budget: planningBudget,
      ...{ mayAsk: true, answers: [] },
      person: (questions: readonly Question[], signal: AbortSignal) => {
        progress.report({ message: l10n.t('waits for your answers') });
        return askQuestions(questions, signal);
      },
      signal: cancelling.signal,
      onProgress: (told: PlanningProgress) => {
        if (told.kind === 'note') {
          say(log, 'warning', told.says, 600);
          return;
        }
        const says = told.kind === 'step' ? told.says : `${told.who}: ${told.says}`;
        progress.report({ message: plainMessage(says, 120) });
      },
    };
    try {
      return await plan(options);
    } finally {
      listening.dispose();
    }
  });
}

async function tell(parts: ActionParts, folder: WorkspaceFolder, planned: PlannedGoal) {
  switch (planned.kind) {
    case 'failed':
      if (planned.code !== 'interrupted') tellFailure(parts, planned, () => planGoal(parts));
      return;
    case 'questions':
      parts.refused(l10n.t('There are questions to answer first: begin again.'));
      return;
    case 'unsuitable': {
      const { refusalWords } = await engine();
      const { title, detail } = await refusalWords(planned);
      await window.showWarningMessage(plainMessage(title), { modal: true, detail });
      return;
    }
    case 'proposed':
      await show(parts, folder, planned);
  }
}

/** The plan with what is wrong with it, and its design beside it. */
async function show(
  { plans }: ActionParts,
  { uri }: WorkspaceFolder,
  planned: ProposedPlan & PlannedGoal,
): Promise<void> {
  const plan = Uri.joinPath(uri, planned.planFile);
  const design = Uri.joinPath(uri, planned.designFile);
  await window.showTextDocument(await workspace.openTextDocument(plan), ViewColumn.One);
  plans.show(plan, planned.diagnostics, true);
  await window.showTextDocument(await workspace.openTextDocument(design), {
    viewColumn: ViewColumn.Beside,
    preserveFocus: true,
  });
  const { proposedWords } = await engine();
  const says = plainMessage(await proposedWords(planned));
  const isFit = planned.problems.length === 0;
  const [check, problems, transcripts] = [
    l10n.t('Check Plan'),
    l10n.t('Show Problems'),
    l10n.t('Open Transcript…'),
  ];
  const answer = isFit
    ? await window.showInformationMessage(says, check, transcripts)
    : await window.showWarningMessage(says, problems, transcripts);
  if (answer === transcripts) await openPlanningTranscript(uri.fsPath, planned.planning);
  if (answer === check) await vscodeCommands.executeCommand(ids.checkPlan, plan);
  if (answer === problems) {
    await vscodeCommands.executeCommand('workbench.actions.view.problems');
  }
}
