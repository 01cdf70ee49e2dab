import { Log } from '../collections/log.ts';
import { Vector } from '../collections/vector.ts';
import type { EventOf, RunEvent } from '../events.ts';
import type { SubmissionReceived } from '../events/attempt.ts';
import type { VerdictGiven } from '../events/judging.ts';
import type { ModuleId, TreeId } from '../ids.ts';
import type { RunState } from '../state.ts';
import type { CheckResult, Evidence, Verdict } from '../verdict.ts';
import { nodeOfRef } from './node-words.ts';
import { renumbered } from './renumber.ts';
import { noSpending, withSpent, type Spending } from './spending.ts';
import { nodeOfEvent } from './timeline.ts';
import {
  adoptedRow,
  approvalRow,
  judgedRow,
  prerequisiteRow,
  type VerdictRow,
} from './verdict-rows.ts';

/** What {@link History} keeps. */
interface Kept {
  /** By module, oldest first; few each, because attempts are bounded. */
  readonly submissions: Vector<readonly SubmissionRow[]>;
  /** Of everything, oldest first. */
  readonly log: Log<VerdictRow>;
  /** By module, tier and gate: how its latest judging ended; null before, and once amended. */
  readonly latest: Vector<VerdictRow | null>;
  /** By module, tier and gate: the checks of its latest judging that are finished. */
  readonly checks: Vector<readonly CheckResult[]>;
  /** By module. */
  readonly spending: Vector<Spending>;
  /** What was handed over in part, oldest first: a handoff itself keeps the last of it alone. */
  readonly parts: Log<HandedPart>;
}

/** A delivery that did not close its handoff. */
export interface HandedPart {
  readonly from: ModuleId;
  readonly to: ModuleId;
  /** UTC milliseconds. */
  readonly at: number;
  readonly items: readonly string[];
}

/** What was handed in, judged and spent: what a run's state forgets once it has acted on it. */
export class History implements Kept {
  readonly submissions: Kept['submissions'];
  readonly log: Kept['log'];
  readonly latest: Kept['latest'];
  readonly checks: Kept['checks'];
  readonly spending: Kept['spending'];
  readonly parts: Kept['parts'];

  constructor({ submissions, log, latest, checks, spending, parts }: Kept) {
    this.submissions = submissions;
    this.log = log;
    this.latest = latest;
    this.checks = checks;
    this.spending = spending;
    this.parts = parts;
  }

  /** Oldest first; the same array until there is a new one. */
  get verdicts(): readonly VerdictRow[] {
    return this.log.toArray();
  }

  with(changed: Partial<Kept>): History {
    return new History({
      submissions: changed.submissions ?? this.submissions,
      log: changed.log ?? this.log,
      latest: changed.latest ?? this.latest,
      checks: changed.checks ?? this.checks,
      spending: changed.spending ?? this.spending,
      parts: changed.parts ?? this.parts,
    });
  }

  judged(node: number | null, row: VerdictRow): History {
    const log = this.log.append(row);
    return this.with(node === null ? { log } : { log, latest: this.latest.set(node, row) });
  }
}

/** One submission of a module. Summary and evidence are its agents' own words. */
export interface SubmissionRow {
  readonly module: ModuleId;
  readonly attempt: number;
  readonly version: number;
  readonly tree: TreeId;
  /** UTC milliseconds. */
  readonly at: number;
  readonly summary: string;
  readonly problems: readonly Evidence[];
  /** null while it is not judged, or where its judging was void. */
  readonly verdict: Verdict | null;
  readonly passed: number;
  readonly tests: number;
  readonly evidence: readonly Evidence[];
  /** Its contract was amended since. */
  readonly superseded: boolean;
}

export function beginHistory({ graph }: RunState): History {
  const nodes = graph.refs.slice(0, graph.streamBase);
  const modules = nodes.slice(0, graph.modules);
  return new History({
    submissions: Vector.from(modules.map(() => [])),
    log: Log.empty(),
    latest: Vector.from(nodes.map(() => null)),
    checks: Vector.from(nodes.map(() => [])),
    spending: Vector.from(modules.map(() => noSpending)),
    parts: Log.empty(),
  });
}

/** Folds one more event; itself where the event is not about any of this. */
export function followHistory(
  history: History,
  before: RunState,
  event: RunEvent,
  after: RunState,
): History {
  switch (event.type) {
    case 'progress-reported':
    case 'budget-spent': {
      const node = nodeOfRefOrModule(after, event);
      if (node === null) return history;
      const spending = withSpent(history.spending.get(node), event);
      return history.with({ spending: history.spending.set(node, spending) });
    }
    case 'module-split':
      return history.with({
        submissions: renumbered(history.submissions, before, after, () => none),
        latest: renumbered(history.latest, before, after, () => null),
        checks: renumbered(history.checks, before, after, () => none),
        spending: renumbered(history.spending, before, after, () => noSpending),
      });
    case 'handoff-delivered': {
      if (!event.partial) return history;
      const { from, to, at, items } = event;
      return history.with({ parts: history.parts.append({ from, to, at, items }) });
    }
    case 'prerequisite-checked':
      return history.judged(null, prerequisiteRow(after, event));
    case 'submission-received':
      return changeRows(history, after, event.module, (rows) => [...rows, submissionRow(event)]);
    case 'contract-amended': {
      const node = nodeOfEvent(after, event);
      if (node === null) return history;
      const amended = changeRows(history, after, event.module, (rows) => rows.map(supersede));
      return amended.with({ latest: history.latest.set(node, null) });
    }
    case 'evaluation-started':
    case 'integration-started':
    case 'gate-started': {
      const node = nodeOfEvent(after, event);
      return node === null ? history : history.with({ checks: history.checks.set(node, none) });
    }
    case 'check-finished': {
      const node = nodeOfRef(after.graph, event.gate);
      if (node === null) return history;
      const checks = [...history.checks.get(node), event.result];
      return history.with({ checks: history.checks.set(node, checks) });
    }
    case 'verdict-given':
      return verdictGiven(history, before, event, after);
    case 'approval-given':
    case 'approval-refused':
      return history.judged(nodeOfEvent(after, event), approvalRow(after, event));
    case 'seal-adopted':
      return history.judged(nodeOfEvent(after, event), adoptedRow(after, event));
    case 'insights-given':
    case 'agent-used':
    case 'agents-switched':
    case 'amendment-failed':
    case 'amendment-requested':
    case 'amendment-started':
    case 'approval-requested':
    case 'arbitration-failed':
    case 'arbitration-started':
    case 'budget-exhausted':
    case 'budget-reserved':
    case 'check-unstable':
    case 'conflict-detected':
    case 'conflict-resolved':
    case 'contract-refused':
    case 'contract-written':
    case 'delivered':
    case 'delivery-failed':
    case 'delivery-started':
    case 'dispute-opened':
    case 'driver-started':
    case 'evaluation-ended':
    case 'gate-blocked':
    case 'gate-passed':
    case 'generation-ended':
    case 'generation-started':
    case 'go-given':
    case 'handoff-accepted':
    case 'handoff-awaited':
    case 'handoff-received':
    case 'handoff-requested':
    case 'handoff-withdrawn':
    case 'integration-ended':
    case 'integration-failed':
    case 'late-result-rejected':
    case 'module-abandoned':
    case 'module-escalated':
    case 'confirmation-failed':
    case 'feedback-given':
    case 'feedback-taken':
    case 'module-passed':
    case 'module-reopened':
    case 'module-resumed':
    case 'module-sealed':
    case 'plan-changed':
    case 'postmortem-written':
    case 'provider-answered':
    case 'provider-failed':
    case 'provider-tried':
    case 'provider-wait-ended':
    case 'prerequisites-check-started':
    case 'prerequisites-missing':
    case 'rest-ended':
    case 'run-cancelled':
    case 'run-finished':
    case 'run-paused':
    case 'run-reopened':
    case 'run-resumed':
    case 'run-started':
    case 'tier-integrated':
    case 'verification-ended':
    case 'verification-started':
      return history;
  }
}

function nodeOfRefOrModule(
  { graph }: RunState,
  event: EventOf<'progress-reported' | 'budget-spent'>,
): number | null {
  const node =
    event.type === 'budget-spent'
      ? nodeOfRef(graph, event.for)
      : (graph.moduleIndex.get(event.module) ?? null);
  return node === null || node >= graph.modules ? null : node;
}

function verdictGiven(
  history: History,
  before: RunState,
  event: VerdictGiven,
  after: RunState,
): History {
  const node = nodeOfRef(after.graph, event.gate);
  if (node === null) return history;
  const checks = history.checks.get(node);
  const life = node < before.graph.modules ? before.modules.get(node).life : null;
  const submission = life?.at === 'evaluating' ? life.submission : null;
  const row = judgedRow(after, event, checks, submission);
  const judged = history.judged(node, row);
  if (submission === null || submission.again || submission.confirms) return judged;
  const rows = history.submissions.get(node);
  const last = rows.at(-1);
  if (last === undefined) return judged;
  const { verdict, passed, tests, evidence } = row;
  const told = { ...last, verdict, passed, tests, evidence };
  return judged.with({ submissions: history.submissions.set(node, rows.with(-1, told)) });
}

function changeRows(
  history: History,
  { graph }: RunState,
  module: ModuleId,
  change: (rows: readonly SubmissionRow[]) => readonly SubmissionRow[],
): History {
  const node = graph.moduleIndex.get(module);
  if (node === undefined) return history;
  const rows = change(history.submissions.get(node));
  return history.with({ submissions: history.submissions.set(node, rows) });
}

/** One for all, because most checks and submissions begin with it. */
const none: readonly never[] = [];

const supersede = (row: SubmissionRow): SubmissionRow =>
  row.superseded ? row : { ...row, superseded: true };

function submissionRow(event: SubmissionReceived): SubmissionRow {
  return {
    module: event.module,
    attempt: event.attempt,
    version: event.version,
    tree: event.tree,
    at: event.at,
    summary: event.summary,
    problems: event.problems,
    verdict: null,
    passed: 0,
    tests: 0,
    evidence: none,
    superseded: false,
  };
}
