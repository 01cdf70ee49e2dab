import type { Vector } from './collections/vector.ts';
import type { NodeRef } from './ids.ts';
import type { RunState } from './state.ts';
import type { JudgedSubmission } from './module-state.ts';
import type { Evidence } from './verdict.ts';

/** What two parties of a run can be at odds about. */
export type ConflictKind =
  /** a submission holds files in paths that another module owns */
  | 'two-owners'
  /** a module was built, or handed in, against a contract that a newer version has replaced */
  | 'stale-contract'
  /** a builder holds the verdict on its submission to be wrong */
  | 'verdict-disputed'
  /** a reviewer holds the contract's tests to be wrong */
  | 'tests-disputed'
  /** one reviewer would let a submission pass, another would not */
  | 'reviewers-disagree'
  /** modules that passed each for itself fail together */
  | 'integration';

/** What decides a conflict, in the order in which they are asked. */
export type ConflictRule = 'ownership' | 'contract' | 'evidence' | 'arbiter' | 'person';

/** What an arbiter or a person may say of a dispute. */
export type Ruling =
  /** the verdict, or the tests, stand */
  | 'uphold'
  /** the submission passes by its checks alone; only where every one of them passed */
  | 'overturn'
  /** the contract is at fault: a new version is written */
  | 'amend';

const rulings: readonly Ruling[] = ['uphold', 'overturn', 'amend'];

export const isRuling = (text: string): text is Ruling => rulings.some((ruling) => ruling === text);

export type ConflictDecision =
  | Ruling
  /** the path stays with the module that owns it */
  | 'owner-keeps'
  /** the newest version of the contract counts */
  | 'newest-stands';

/** A conflict from its detection on; it is kept when it is resolved. */
export interface ConflictState {
  /** Number of the event that detected it. */
  readonly id: number;
  readonly kind: ConflictKind;
  /** The module, tier or gate that it is about comes first. */
  readonly parties: readonly NodeRef[];
  /** In a line or two. */
  readonly about: string;
  readonly evidence: readonly Evidence[];
  /** UTC milliseconds. */
  readonly detectedAt: number;
  /** What follows where the verdict or the tests are upheld. */
  readonly ifUpheld: IfUpheld;
  /** Which of the run's arbitrations it was put to; 0 before. */
  readonly arbitration: number;
  readonly resolved: Resolution | null;
}

/** `pass`: nothing but the dispute itself holds the submission back. */
export type IfUpheld = 'revise' | 'pass';

export interface Resolution {
  readonly rule: ConflictRule;
  readonly decision: ConflictDecision;
  readonly reason: string;
  readonly by: string;
  /** UTC milliseconds. */
  readonly at: number;
}

/** A submission that is judged again because of a dispute, and what is different this time. */
export interface Rejudged {
  readonly conflict: number;
  /** `evidence`: the checks that failed are run anew; `ruling`: the checks alone decide. */
  readonly by: 'evidence' | 'ruling';
  /** Of the submission; its module may be further on. */
  readonly attempt: number;
  readonly epoch: number;
}

/** The place of a conflict in the run's list; -1 where there is none of this number. */
export function conflictIndex(conflicts: Vector<ConflictState>, id: number): number {
  let [from, to] = [0, conflicts.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (conflicts.get(middle).id < id) from = middle + 1;
    else to = middle;
  }
  return from < conflicts.length && conflicts.get(from).id === id ? from : -1;
}

/** Throws where the run has no conflict of this number. */
export function conflictOf({ conflicts }: Pick<RunState, 'conflicts'>, id: number): ConflictState {
  const index = conflictIndex(conflicts, id);
  if (index === -1) throw new Error(`there is no conflict ${id}`);
  return conflicts.get(index);
}

/** What may be decided about a dispute. An overturned verdict is never milder than the checks (law 3). */
export function rulingsOn(
  { kind }: Pick<ConflictState, 'kind'>,
  judged: JudgedSubmission | null,
): readonly Ruling[] {
  if (kind === 'tests-disputed' || judged === null || !checksPassed(judged)) {
    return ['uphold', 'amend'];
  }
  return ['uphold', 'overturn', 'amend'];
}

/** Nothing but a reviewer's word speaks against the submission. */
const checksPassed = ({ failed, problems }: JudgedSubmission): boolean =>
  failed.length === 0 && problems.length === 0;
