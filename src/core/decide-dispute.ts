import type { ConflictRule, IfUpheld } from './conflict.ts';
import type { Review } from './commands/judging-result.ts';
import type { Deciding } from './deciding.ts';
import { detect, resolve } from './decide-conflict.ts';
import { nodeRef } from './ids.ts';
import type { JudgedSubmission } from './module-state.ts';
import type { Evidence } from './verdict.ts';

type DisputeRule = Exclude<ConflictRule, 'contract'>;

/**
 * Who is asked next about a disputed verdict, in the order of the rules; null where nobody is left,
 * or nothing was judged. What the verdict does not rest on is not asked.
 */
export function nextRule(judged: JudgedSubmission | null): DisputeRule | null {
  if (judged === null) return null;
  const rests: Record<DisputeRule, boolean> = {
    ownership: judged.problems.length > 0,
    evidence: judged.failed.length > 0,
    arbiter: true,
    person: true,
  };
  const order: readonly DisputeRule[] = ['ownership', 'evidence', 'arbiter', 'person'];
  const asked = order.findIndex((rule) => rule === judged.upheldBy);
  return order.slice(asked + 1).find((rule) => rests[rule]) ?? null;
}

/** A builder answered the verdict on its module with a dispute instead of a submission. */
export function disputeVerdict(
  deciding: Deciding,
  node: number,
  rule: DisputeRule,
  reason: string,
): void {
  const { id, evidence, judgement } = deciding.state.modules.get(node);
  const rests = judgement?.failed.join(', ') ?? '';
  open(deciding, node, {
    kind: 'verdict-disputed',
    about: `${id} disputes the verdict on attempt ${judgement?.attempt ?? 0}${rests === '' ? '' : ` (${rests})`}: ${reason}`,
    evidence,
    by: 'builder',
    reason,
    rule,
    ifUpheld: 'revise',
  });
}

/** What reviewers leave to be arbitrated: the tests, or who of them is right. The verdict was given. */
export function disputeReviews(
  deciding: Deciding,
  node: number,
  reviews: readonly Review[],
  couldPass: boolean,
): void {
  const { id, evidence } = deciding.state.modules.get(node);
  const doubt = reviews.find(({ testsWrong }) => testsWrong !== null)?.testsWrong ?? null;
  if (doubt !== null) {
    const tests = doubt.tests.length === 0 ? '' : ` (${doubt.tests.slice(0, 5).join(', ')})`;
    const held = reviews.every(({ verdict }) => verdict === 'PASS') && couldPass;
    open(deciding, node, {
      kind: 'tests-disputed',
      about: `a reviewer holds the tests of ${id} to be wrong${tests}: ${doubt.reason}`,
      evidence,
      by: 'reviewer',
      reason: doubt.reason,
      rule: 'arbiter',
      ifUpheld: held ? 'pass' : 'revise',
    });
    return;
  }
  // Two who ask for different revisions agree that there must be one.
  const differ = couldPass && new Set(reviews.map(({ verdict }) => verdict === 'PASS')).size > 1;
  if (!differ) return;
  const words = reviews.map(({ verdict }) => verdict).join(' and ');
  const reason = `its reviewers say ${words}`;
  open(deciding, node, {
    kind: 'reviewers-disagree',
    about: `${id}: ${reason}`,
    evidence,
    by: 'reviewer',
    reason,
    rule: 'arbiter',
    ifUpheld: 'revise',
  });
}

interface Dispute {
  readonly kind: 'verdict-disputed' | 'tests-disputed' | 'reviewers-disagree';
  readonly about: string;
  readonly evidence: readonly Evidence[];
  readonly by: 'builder' | 'reviewer';
  readonly reason: string;
  readonly rule: DisputeRule;
  readonly ifUpheld: IfUpheld;
}

function open(deciding: Deciding, node: number, dispute: Dispute): void {
  const { id } = deciding.state.modules.get(node);
  const { kind, about, evidence, by, reason, rule, ifUpheld } = dispute;
  const parties = [nodeRef('module', id)];
  const conflict = detect(deciding, { kind, parties, about, evidence });
  deciding.emit({ type: 'dispute-opened', conflict, module: id, by, reason, rule, ifUpheld });
  if (rule === 'ownership') {
    const because = 'what lies outside its paths is not its to hand in';
    resolve(deciding, conflict, { rule, decision: 'uphold', reason: because });
  } else if (rule === 'person') askPerson(deciding, node, 'an arbiter upheld the verdict before');
}

/** Nobody else can decide the dispute of a module. */
export function askPerson(deciding: Deciding, node: number, why: string): void {
  const { id, evidence, conflict } = deciding.state.modules.get(node);
  if (conflict === null) throw new Error(`${id} is not in dispute`);
  const message = `conflict ${conflict} is yours to decide: ${why}`;
  deciding.emit({ type: 'module-escalated', module: id, reason: 'disputed', message, evidence });
}
