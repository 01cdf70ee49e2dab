import { commands as vscodeCommands, l10n } from 'vscode';
import type { Action } from '../../protocol/board.ts';
import { commands as ids } from '../contributions.ts';
import { late } from '../late-door.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { confirmDraft, discardDraft, openDraft } from './amend.ts';
import { createPlan } from './create-plan.ts';
import { decideGate } from './decide-gate.ts';
import { cancelRun, pauseRun, resumeRun } from './drive-run.ts';
import { openBoard, selectRun } from './open-board.ts';
import { openPlan } from './open-plan.ts';
import { retryProvider, switchAgents } from './switch-agents.ts';
import { runExample } from './run-example.ts';
import { chooseAnyPlanAndRun, runNamedPlan } from './run-plan.ts';

/**
 * Carries out what a person asked for. What cannot be done is said through `parts.refused`; what is
 * thrown is a mistake of ours, and is caught where the action came in.
 */
export async function act(action: Action, run: LiveRun | null, parts: ActionParts): Promise<void> {
  switch (action.do) {
    case 'run-example':
      return runExample(parts);
    case 'run-plan':
      return action.uri === undefined
        ? chooseAnyPlanAndRun(parts)
        : runNamedPlan(parts, action.uri);
    case 'create-plan':
      return createPlan(parts);
    case 'open-walkthrough':
      await vscodeCommands.executeCommand(ids.openWalkthrough);
      return;
    case 'open-plan':
      return openPlan(parts, action.uri);
    case 'open-folder':
      await vscodeCommands.executeCommand('workbench.action.files.openFolder');
      return;
    case 'manage-trust':
      await vscodeCommands.executeCommand('workbench.trust.manage');
      return;
    case 'reload-window':
      await vscodeCommands.executeCommand('workbench.action.reloadWindow');
      return;
    case 'show-output':
      parts.log.show(true);
      return;
    case 'select-run':
      return selectRun(parts, action.key);
    case 'open-board':
      return openBoard(parts, action.key);
    case 'open-postmortem':
      return parts.documents.openPostmortem(action.key);
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'raise-budget':
    case 'retry-provider':
    case 'switch-agents':
    case 'open-transcript':
    case 'open-insight':
    case 'decide-dispute':
    case 'approve':
    case 'reject':
    case 'reopen':
    case 'amend':
    case 'open-draft':
    case 'discard-draft':
    case 'confirm-draft':
    case 'open-contract':
    case 'diff-contract':
    case 'diff-submission':
    case 'open-evidence':
    case 'open-gate-evidence':
    case 'diff-approval':
    case 'compare-submission':
    case 'compare-approval':
    case 'open-sealed':
    case 'export-run':
    case 'show':
      if (run === null) {
        parts.refused(l10n.t('There is no run here that this could be about.'));
        return;
      }
      return actOn(action, run, parts);
  }
}

type RunAction = Exclude<
  Action,
  {
    readonly do:
      | 'run-example'
      | 'run-plan'
      | 'create-plan'
      | 'open-walkthrough'
      | 'open-plan'
      | 'open-folder'
      | 'manage-trust'
      | 'show-output'
      | 'reload-window'
      | 'select-run'
      | 'open-board'
      | 'open-postmortem';
  }
>;

async function actOn(action: RunAction, run: LiveRun, parts: ActionParts): Promise<void> {
  const { drafts, documents, boards } = parts;
  switch (action.do) {
    case 'pause':
      return pauseRun(parts, run);
    case 'resume':
      return resumeRun(parts, run);
    case 'cancel':
      return cancelRun(parts, run);
    case 'raise-budget':
      return late().raiseBudget(parts, run, action.scope);
    case 'open-transcript':
      return late().openTranscript(parts, run, action.module);
    case 'open-insight':
      return late().openInsight(parts, run, action.file);
    case 'retry-provider':
      return retryProvider(parts, run, action.provider);
    case 'switch-agents':
      return switchAgents(parts, run, action.pool);
    case 'decide-dispute':
      return late().decideDispute(parts, run, action.module);
    case 'approve':
    case 'reject':
      return decideGate(parts, run, { ...action, type: action.do });
    case 'reopen':
    case 'amend':
      return openDraft(parts, run, action.module, action.do);
    case 'open-draft': {
      const draft = drafts.get(run, action.module);
      if (draft === null) {
        parts.refused(l10n.t('There is no amendment of {0} to go on with.', action.module));
        return;
      }
      return openDraft(parts, run, action.module, draft.kind);
    }
    case 'discard-draft':
      return discardDraft(parts, run, action.module);
    case 'confirm-draft':
      return confirmDraft(parts, run, action.module, action.reason);
    case 'open-contract':
      return documents.openContract(run, action.module, action.version);
    case 'diff-contract':
      return documents.diffContract(run, action.module, action.from, action.to);
    case 'diff-submission':
      return documents.diffSubmission(run, action.module, action.tree);
    case 'open-evidence':
      return documents.openEvidence(run, action.module, action.tree, action.file, action.line);
    case 'open-gate-evidence':
      return documents.openGateEvidence(run, action.gate, action.file, action.line);
    case 'diff-approval':
      return documents.diffApproval(run, action);
    case 'compare-submission':
      return late().compareSubmission(parts, run, action.module, action.tree);
    case 'compare-approval':
      return late().compareApproval(parts, run, action);
    case 'open-sealed':
      return late().openSealed(parts, run, action.module);
    case 'export-run':
      return late().exportRun(parts, run);
    case 'show':
      return boards.open(run.key, action.show);
  }
}
