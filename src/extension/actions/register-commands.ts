import { commands as vscodeCommands, l10n, Uri, window, type Disposable } from 'vscode';
import type { ModuleId } from '../../core/ids.ts';
import type { Travel } from '../../protocol/board.ts';
import { checkModuleKey, checkPullRequestAsked, checkRunKey } from '../board/message-check.ts';
import { commands as ids, walkthrough, type CommandId } from '../contributions.ts';
import { late } from '../late-door.ts';
import { isLoadFailure, tellLoadFailure } from '../native/load-failure.ts';
import { say } from '../native/say.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { amendFromPalette, confirmFromPalette, discardFromPalette, openDraft } from './amend.ts';
import { createPlan } from './create-plan.ts';
import { approveFromPalette, decideShown, rejectFromPalette } from './decide-gate.ts';
import { cancelRun, pauseRun, resumeRun } from './drive-run.ts';
import { chooseRun, openBoard } from './open-board.ts';
import { openPlanFromPalette } from './open-plan.ts';
import { isPlan, isPlanFile, pickPlan } from './pick-plan.ts';
import { retryProvider, switchAgents } from './switch-agents.ts';
import { runExample } from './run-example.ts';
import { chooseLanguageModel } from './choose-language-model.ts';
import { removeKey, setKey } from './keep-key.ts';
import { choosePlanAndRun, runPlan } from './run-plan.ts';
import { isTrusted } from './trust.ts';

type Handler = (given: unknown, place: unknown) => Promise<void>;

/** Every command of the palette. What a click already knows, they ask for. */
export function registerCommands(shared: Omit<ActionParts, 'refused'>): Disposable[] {
  const refused = (message: string): void => say(shared.log, 'error', message);
  const parts: ActionParts = { ...shared, refused };
  return Object.entries(handlers(parts)).map(([id, handle]) =>
    vscodeCommands.registerCommand(id, async (given: unknown, place: unknown) => {
      try {
        await handle(given, place);
      } catch (error) {
        if (isLoadFailure(error)) {
          void tellLoadFailure(parts.log, error);
          return;
        }
        parts.log.error(error instanceof Error ? error : String(error));
        refused(error instanceof Error ? error.message : String(error));
      }
    }),
  );
}

function handlers(parts: ActionParts): Record<CommandId, Handler> {
  const { runs, documents, log } = parts;
  const ofRun = (work: (parts: ActionParts, run: LiveRun) => Promise<void>): Handler => {
    return async () => {
      await runs.ready;
      if (runs.current === null) {
        parts.refused(
          l10n.t('There is no run in this window yet. Run a plan or the example first.'),
        );
        return;
      }
      await work(parts, runs.current);
    };
  };
  /** A lens knows which module of which run; the palette asks, about the current one. */
  const ofModule = (work: (run: LiveRun, module: ModuleId | null) => Promise<void>): Handler => {
    return async (given, place) => {
      const known = checkModuleKey(given);
      if (known === null) return ofRun((_, run) => work(run, null))(given, place);
      const run = await runs.follow(known.key);
      if (run === null) parts.refused(l10n.t('There is no run {0} in this window.', known.key.run));
      else await work(run, known.module);
    };
  };
  /** An answer of the chat knows which run, or under which title; the palette is about the current one. */
  const pullRequest: Handler = async (given, place) => {
    const asked = checkPullRequestAsked(given);
    const prepare = (run: LiveRun): Promise<void> =>
      late().preparePullRequest(parts, run, asked?.title ?? null);
    const wanted = asked?.run ?? null;
    if (wanted === null) {
      await ofRun((_, run) => prepare(run))(given, place);
      return;
    }
    await runs.ready;
    const known = runs.list.find(({ key }) => key.run === wanted);
    const run = known === undefined ? null : await runs.follow(known.key);
    if (run === null) parts.refused(l10n.t('There is no run {0} in this window.', wanted));
    else await prepare(run);
  };
  const travel = (to: Travel) => async (): Promise<void> => parts.boards.travel(to);
  return {
    [ids.runExample]: () => runExample(parts),
    [ids.runPlan]: (given) =>
      isGivenPlan(given) ? runPlan(parts, given) : choosePlanAndRun(parts),
    [ids.runPlanSequentially]: (given) =>
      isGivenPlan(given)
        ? runPlan(parts, given, 'sequential')
        : choosePlanAndRun(parts, 'sequential'),
    [ids.checkPlan]: (given) => checkPlan(parts, given),
    [ids.previewPlan]: (given) => previewPlan(parts, given),
    [ids.openPlan]: () => openPlanFromPalette(parts),
    [ids.createPlan]: () => createPlan(parts),
    [ids.planGoal]: () => late().planGoal(parts),
    [ids.openBoard]: (given, place) =>
      openBoard(parts, checkRunKey(given), place === 'gates' ? { view: 'gates' } : undefined),
    [ids.chooseRun]: () => chooseRun(parts),
    [ids.approveGate]: ofRun(approveFromPalette),
    [ids.rejectGate]: ofRun(rejectFromPalette),
    [ids.approveSubmission]: (given) => decideShown(parts, 'approve', uriOf(given)),
    [ids.rejectSubmission]: (given) => decideShown(parts, 'reject', uriOf(given)),
    [ids.reopenModule]: ofModule((run, module) => amend(parts, run, module, 'reopen')),
    [ids.amendContract]: ofModule((run, module) => amend(parts, run, module, 'amend')),
    [ids.requestRevision]: (given) => late().requestRevision(parts, given),
    [ids.confirmAmendment]: () => confirmFromPalette(parts),
    [ids.discardAmendment]: () => discardFromPalette(parts),
    [ids.pauseRun]: ofRun(pauseRun),
    [ids.resumeRun]: ofRun(resumeRun),
    [ids.cancelRun]: ofRun(cancelRun),
    [ids.raiseBudget]: ofRun((_, run) => late().raiseBudget(parts, run)),
    [ids.switchAgents]: ofRun((_, run) => switchAgents(parts, run)),
    [ids.retryProvider]: ofRun((_, run) => retryProvider(parts, run)),
    [ids.decideDispute]: ofRun((_, run) => late().decideDispute(parts, run)),
    [ids.why]: ofRun((_, run) => late().whyFromPalette(parts, run)),
    [ids.openContract]: ofModule((run, module) => late().openContract(parts, run, module)),
    [ids.openTranscript]: ofRun((_, run) => late().transcriptFromPalette(parts, run)),
    [ids.compareSubmissions]: ofRun((_, run) => late().compareSubmissions(parts, run)),
    [ids.openSealed]: ofModule((run, module) => late().openSealed(parts, run, module)),
    [ids.openPostmortem]: ofRun((_, { key }) => documents.openPostmortem(key)),
    [ids.compareRuns]: () => late().compareFromPalette(parts),
    [ids.verifyRun]: ofRun((_, run) => late().verifyRun(parts, run)),
    [ids.preparePullRequest]: pullRequest,
    [ids.installClaudeCommands]: () => late().installClaudeCommands(parts),
    [ids.exportRun]: ofRun((_, run) => late().exportRun(parts, run)),
    [ids.openRecord]: (given) => late().openRecord(parts, given),
    [ids.setKey]: async () => {
      await setKey(parts);
    },
    [ids.removeKey]: () => removeKey(parts),
    [ids.chooseLanguageModel]: async () => {
      await chooseLanguageModel();
    },
    [ids.previousEvent]: travel('previous-event'),
    [ids.nextEvent]: travel('next-event'),
    [ids.previousVerdict]: travel('previous-verdict'),
    [ids.nextVerdict]: travel('next-verdict'),
    [ids.previousFailure]: travel('previous-failure'),
    [ids.nextFailure]: travel('next-failure'),
    [ids.previousAmendment]: travel('previous-amendment'),
    [ids.nextAmendment]: travel('next-amendment'),
    [ids.playOrStop]: travel('play'),
    [ids.backToLive]: travel('live'),
    [ids.showOutput]: async () => log.show(true),
    [ids.openWalkthrough]: async () => {
      await vscodeCommands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
    },
  };
}

const amend = (
  parts: ActionParts,
  run: LiveRun,
  module: ModuleId | null,
  kind: 'reopen' | 'amend',
): Promise<void> =>
  module === null ? amendFromPalette(parts, run, kind) : openDraft(parts, run, module, kind);

async function checkPlan(parts: ActionParts, given: unknown): Promise<void> {
  const plan = isGivenPlan(given) ? given : await pickPlan(parts, l10n.t('Check which plan?'));
  if (plan !== null && (await isTrusted())) await parts.plans.check(plan);
}

/** Runs nothing, so that it needs no trust. */
async function previewPlan(parts: ActionParts, given: unknown): Promise<void> {
  const shown = given instanceof Uri ? given : window.activeTextEditor?.document.uri;
  const isLoose = shown !== undefined && isPlanFile(shown);
  const plan = isLoose ? shown : await pickPlan(parts, l10n.t('Preview which plan?'));
  if (plan !== null) await parts.plans.preview(plan);
}

const uriOf = (given: unknown): Uri | null => (given instanceof Uri ? given : null);

const isGivenPlan = (given: unknown): given is Uri => given instanceof Uri && isPlan(given);
