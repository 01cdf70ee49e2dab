import type { EventOf } from './events.ts';
import type { AttemptEvent } from './events/attempt.ts';
import type { ContractEvent } from './events/contract.ts';
import type { CheckUnstable, JudgingEvent } from './events/judging.ts';
import type { ModuleEvent } from './events/module.ts';
import { moduleId, order, parseNodeRef } from './ids.ts';
import { outdateAbove } from './evolve-amendment.ts';
import { amended, amendmentFailed, refused, written } from './evolve-contract.ts';
import { endFeedback } from './evolve-feedback.ts';
import { moduleNode } from './lookup.ts';
import type { Draft } from './draft.ts';
import { isFinal, putModule, withLife } from './settle.ts';
import type { JudgedSubmission, ModuleLife, ModuleState, Submission } from './module-state.ts';

type OfModule = ContractEvent | AttemptEvent | Exclude<JudgingEvent, CheckUnstable> | ModuleEvent;

/** Folds an event that concerns one module. */
export function evolveModule(draft: Draft, event: OfModule): void {
  const id = 'gate' in event ? moduleId(parseNodeRef(event.gate).id) : event.module;
  const node = moduleNode(draft, id);
  const module = draft.modules.get(node);
  putModule(draft, node, after(draft, node, module, event));
  if (event.type === 'contract-amended') outdateAbove(draft, node);
}

function after(draft: Draft, node: number, module: ModuleState, event: OfModule): ModuleState {
  const { life } = module;
  switch (event.type) {
    case 'contract-written':
      return withLife(draft, node, { ...module, contract: written(module.contract, event) });
    case 'contract-refused':
      return refused(module, event);
    case 'contract-amended':
      return amended(draft, node, module, event);
    case 'verification-started':
      return { ...module, life: { at: 'verifying', order: order(event.seq), outdated: false } };
    case 'verification-ended':
    case 'rest-ended':
      return withLife(draft, node, module);
    case 'amendment-requested': {
      const { source, reason } = event;
      const asked: ModuleLife = {
        at: 'amending',
        order: null,
        source,
        reason,
        epoch: 1,
        superseded: false,
      };
      return { ...module, evidence: event.evidence, life: asked, steps: nextStep(module, event) };
    }
    case 'amendment-started':
      if (life.at !== 'amending') return module;
      return { ...module, life: { ...life, order: order(event.seq), epoch: event.epoch } };
    case 'amendment-failed':
      if (life.at !== 'amending') return module;
      return amendmentFailed(draft, node, { ...module, life }, event);
    case 'generation-started':
      return {
        ...module,
        attempt: event.attempt,
        epoch: event.epoch,
        restarts: event.epoch === 1 ? 0 : module.restarts,
        replaces: false,
        life: {
          at: 'generating',
          order: order(event.seq),
          since: event.at,
          says: '',
          fraction: null,
          version: event.version,
          ending: false,
        },
      };
    case 'progress-reported':
      if (life.at !== 'generating') return module;
      return { ...module, life: { ...life, says: event.says, fraction: event.fraction } };
    case 'generation-ended':
      return generationEnded(draft, node, module, event);
    case 'submission-received': {
      const { tree, summary, problems } = event;
      const of = { tree, summary, problems, again: false, confirms: false };
      const submission: Submission = { ...of, rejudged: null };
      const life: ModuleLife = { at: 'submitted', submission, since: event.at };
      return { ...module, judgement: null, life };
    }
    case 'evaluation-started': {
      if (life.at !== 'submitted') return module;
      const { submission } = life;
      const evaluating: ModuleLife = {
        at: 'evaluating',
        order: order(event.seq),
        submission,
        since: event.at,
        outdated: false,
        final: isFinal(draft, node),
        failed: [],
      };
      return { ...module, life: evaluating };
    }
    case 'evaluation-ended':
      return evaluationEnded(draft, node, module);
    case 'check-finished': {
      const { check, outcome } = event.result;
      if (life.at !== 'evaluating' || outcome === 'passed') return module;
      return { ...module, life: { ...life, failed: [...life.failed, check] } };
    }
    case 'verdict-given':
      return judged(draft, node, module, event);
    case 'module-passed': {
      if (life.at !== 'evaluating') return module;
      const { rejudged } = life.submission;
      const submission: Submission = {
        ...life.submission,
        again: false,
        confirms: false,
        rejudged: rejudged === null ? null : { ...rejudged, by: 'ruling' },
      };
      return {
        ...module,
        judgement: null,
        life: { at: 'passed', submission, seal: event.seal, since: event.at },
      };
    }
    case 'confirmation-failed':
      return { ...module, confirmations: event.round };
    case 'module-sealed': {
      endFeedback(draft, node);
      const { tree, version, attempt } = event;
      const said = 'submission' in life ? life.submission.summary : '';
      const summary = said === '' ? (module.seal?.summary ?? '') : said;
      const seal = { digest: event.seal, tree, version, attempt, summary };
      const settled = { evidence: [], notices: [], judgement: null, seed: null };
      const sealed = { at: 'sealed', stale: false } as const;
      return { ...module, ...settled, seal, confirmations: 0, life: sealed };
    }
    case 'seal-adopted': {
      const { tree, version } = event;
      const seal = { digest: event.seal, tree, version, attempt: 0, summary: '' };
      // What it is only confirmed against may still be on its way: then it is judged again.
      const stale = draft.open.get(node) > 0;
      return { ...module, seal, seed: null, life: { at: 'sealed', stale } };
    }
    case 'module-reopened': {
      const reopened: ModuleState = {
        ...module,
        seal: null,
        formerSeal: module.seal,
        seed: module.seal?.tree ?? module.seed,
        evidence: event.evidence,
      };
      // By an amendment, the life follows from `contract-amended` in the same decision.
      return event.cause === 'amendment' ? reopened : withLife(draft, node, reopened);
    }
    case 'module-escalated': {
      const { reason, message, evidence, what } = event;
      const short = what === undefined ? {} : { what };
      const escalated: ModuleLife = {
        ...{ at: 'escalated', reason, message, since: event.at },
        ...short,
      };
      // What was handed in is not lost: the next builder begins with it.
      const seed = 'submission' in life ? life.submission.tree : module.seed;
      return { ...module, evidence, seed, steps: nextStep(module, event), life: escalated };
    }
    case 'module-abandoned':
      return { ...module, life: { at: 'abandoned', reason: event.reason } };
    case 'module-resumed':
      return event.after === undefined
        ? withLife(draft, node, { ...module, steps: 0 })
        : withLife(draft, node, { ...module, confirmations: 0 });
  }
}

/** Reframing and escalating for want of budget are steps of `onExhausted`, each taken once. */
function nextStep(
  module: ModuleState,
  event: EventOf<'amendment-requested' | 'module-escalated'>,
): number {
  const step =
    event.type === 'amendment-requested'
      ? event.source === 'exhaustion' || event.source === 'split'
      : event.reason === 'exhausted';
  return step ? module.steps + 1 : module.steps;
}

function generationEnded(
  draft: Draft,
  node: number,
  module: ModuleState,
  event: EventOf<'generation-ended'>,
): ModuleState {
  const { outcome } = event;
  const failed = outcome === 'failed' || outcome === 'stalled';
  const ending = module.life.at === 'generating' && module.life.ending;
  const next: ModuleState = {
    ...module,
    restarts: module.restarts + (failed ? 1 : 0),
    replaces: (failed || outcome === 'lost' || outcome === 'unserved') && !ending,
    seed: event.seed ?? module.seed,
  };
  if (event.restMs === 0) return withLife(draft, node, next);
  return { ...next, life: { at: 'resting', order: order(event.seq), ms: event.restMs } };
}

function evaluationEnded(draft: Draft, node: number, module: ModuleState): ModuleState {
  const { life } = module;
  if (life.at !== 'evaluating') return module;
  const { submission } = life;
  if (module.contract.listing === null) {
    return withLife(draft, node, { ...module, seed: submission.tree });
  }
  if (!isFinal(draft, node)) {
    if (submission.again) return { ...module, life: { at: 'sealed', stale: true } };
    if (submission.confirms) {
      const passed = { ...submission, confirms: false };
      const since = draft.at;
      return { ...module, life: { at: 'passed', submission: passed, seal: null, since } };
    }
  }
  return { ...module, life: { at: 'submitted', submission, since: draft.at } };
}

/** A PASS is followed by its seal; a re-judgement that fails, by the reopening. */
function judged(
  draft: Draft,
  node: number,
  module: ModuleState,
  event: EventOf<'verdict-given'>,
): ModuleState {
  const { life } = module;
  if (life.at !== 'evaluating' || event.verdict === 'PASS') return module;
  const { tree, summary, problems, again, confirms, rejudged } = life.submission;
  const { attempt, epoch } = rejudged ?? module;
  // Run again for a dispute that was lost, the checks judge nothing new; they say the same once more.
  const before = rejudged?.by === 'evidence' ? module.judgement : null;
  // A failed confirmation has a bound of its own.
  const counts = before === null && !again && !confirms;
  const judgement: JudgedSubmission = {
    ...{ tree, summary, problems, attempt, epoch, failed: life.failed },
    subject: event.subject ?? null,
    counted: counts || before?.counted === true,
    upheldBy: before?.upheldBy ?? null,
  };
  if (again) return { ...module, judgement };
  return withLife(draft, node, {
    ...module,
    judgement,
    judged: module.judged + (counts ? 1 : 0),
    evidence: event.evidence,
    seed: tree,
  });
}
