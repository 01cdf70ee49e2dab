import type { Amount } from './budget.ts';
import type { ConflictRule, Rejudged } from './conflict.ts';
import type { BudgetExhausted } from './events/budget.ts';
import type { AmendmentSource } from './events/contract.ts';
import type { EscalationReason } from './events/module.ts';
import type { Digest, ModuleId, Order, TreeId } from './ids.ts';
import type { Evidence } from './verdict.ts';

/** All that is known of a module. */
export interface ModuleState {
  readonly id: ModuleId;
  readonly contract: ContractState;
  readonly life: ModuleLife;
  /** Of the latest generation; 0 before the first. */
  readonly attempt: number;
  /** Of the latest generation's agent. */
  readonly epoch: number;
  /** How often this attempt's agent was replaced because it failed or stalled. */
  readonly restarts: number;
  /** The next builder takes up this attempt, one epoch on, instead of a new one. */
  readonly replaces: boolean;
  /** Submissions judged under this version of the contract. */
  readonly judged: number;
  /** How often it failed to be confirmed under this version of the contract. */
  readonly confirmations: number;
  /** null before the first and after a reopening. */
  readonly seal: Seal | null;
  /** The seal before the module was reopened. */
  readonly formerSeal: Seal | null;
  /** Why the last submission did not pass: the next builder reads it. */
  readonly evidence: readonly Evidence[];
  /** What conflicts were decided since the last seal: the next builder reads it too. */
  readonly notices: readonly Evidence[];
  /** The last judgement that was no PASS, for as long as a builder may dispute it. */
  readonly judgement: JudgedSubmission | null;
  /** The open conflict in which this module is disputed; null where there is none. */
  readonly conflict: number | null;
  /** Files that the next builder begins with. */
  readonly seed: TreeId | null;
  readonly spent: Amount;
  /** What of it is whole reservations of agents whose end was lost. */
  readonly inFull: Amount;
  /** How many fresh budgets the module was given; 1 from the start. */
  readonly grants: number;
  /** How many steps of `onExhausted` were taken. */
  readonly steps: number;
}

/** The version of a contract that stands, and how it came to that. */
export interface ContractState {
  /** 0: a planner has yet to write the first one. */
  readonly version: number;
  readonly tree: TreeId;
  /** null while its tests are being listed. */
  readonly listing: Digest | null;
  readonly tests: number;
  readonly history: readonly ContractVersion[];
  /** How many drafts of this version were refused, of a planner. */
  readonly refusals: number;
  /** What is held against the last draft: its next author reads it. */
  readonly refused: readonly Evidence[];
}

/** A version as people look it up. */
export interface ContractVersion {
  readonly version: number;
  readonly tree: TreeId;
  readonly reason: string;
  readonly source: AmendmentSource;
  readonly at: number;
}

/** What passed its gate under a version of its contract. */
export interface Seal {
  readonly digest: Digest;
  readonly tree: TreeId;
  readonly version: number;
  readonly attempt: number;
  /** What its builder said of it; empty where it was taken over. */
  readonly summary: string;
}

/**
 *                             ┌──────── disputed ◄──────┐
 *                             │     or revised, amended │
 *                                           ┌──── passed ◄────┐  judged on a stub, or its set is
 *                                           ▼  to be confirmed │  not complete: then again submitted
 *     waiting ─► ready ─► generating ─► submitted ─► evaluating ─► sealed
 *        ▲         ▲          │             ▲           │            │
 *        │         ├─ resting ┘             │           │            │ a need is unsettled:
 *        │         └──────── revision ──────┼───────────┤            │ stale, then again
 *        │                                  └───────────┼────────────┘ submitted
 *     verifying ◄─ amending ◄──── exhausted, blamed ────┴─► escalated, abandoned
 *        ▲                                                      │
 *        └───────────── a person's amendment ───────────────────┘
 */
export type ModuleLife =
  | { readonly at: 'waiting' }
  | { readonly at: 'ready'; readonly since: number }
  | Generating
  /** A failing provider asked for a pause. */
  | { readonly at: 'resting'; readonly order: Order; readonly ms: number }
  | { readonly at: 'submitted'; readonly submission: Submission; readonly since: number }
  | {
      readonly at: 'evaluating';
      readonly order: Order;
      readonly submission: Submission;
      readonly since: number;
      /** What it judges no longer stands; its verdict will not count. */
      readonly outdated: boolean;
      /** All that it is judged against stands for good, so that a PASS confirms it. */
      readonly final: boolean;
      /** The checks that are finished and did not pass, by name. */
      readonly failed: readonly string[];
    }
  | Disputed
  | Passed
  /** `stale`: something below changed; it is judged again as soon as that is settled. */
  | { readonly at: 'sealed'; readonly stale: boolean }
  | Amending
  | {
      readonly at: 'verifying';
      /** null until the listing was ordered; it waits for drafts of what the module needs. */
      readonly order: Order | null;
      /** A newer contract stands: the listing is being ended, and holds what it holds until then. */
      readonly outdated: boolean;
    }
  | {
      readonly at: 'escalated';
      readonly reason: EscalationReason;
      /** What of its budget is used up, where that is the reason and it is known. */
      readonly what?: BudgetExhausted['what'];
      readonly message: string;
      readonly since: number;
    }
  | { readonly at: 'abandoned'; readonly reason: string };

/** Passed its gate, not sealed: on a stub, or as one of a set; waits and costs nothing. */
export interface Passed {
  readonly at: 'passed';
  readonly submission: Submission;
  /** The seal that is ready for it; null until it is confirmed against what stands now. */
  readonly seal: Digest | null;
  readonly since: number;
}

/** A builder is at work. */
export interface Generating {
  readonly at: 'generating';
  readonly order: Order;
  readonly since: number;
  readonly says: string;
  readonly fraction: number | null;
  /** The version it builds for. */
  readonly version: number;
  /** It was told to end; what it still submits is at best a seed. */
  readonly ending: boolean;
}

/** A planner is to write a new version; `order` is null while it waits for a place. */
export interface Amending {
  readonly at: 'amending';
  readonly order: Order | null;
  readonly source: AmendmentSource;
  readonly reason: string;
  readonly epoch: number;
  /** A person amended it meanwhile: what the planner hands in does not count. */
  readonly superseded: boolean;
}

/** A dispute waits for an arbiter, or is before one; the submission is that of the judgement. */
export interface Disputed {
  readonly at: 'disputed';
  readonly conflict: number;
  /** null while it waits for a place. */
  readonly order: Order | null;
  /** Of the arbiter; 1 for the first. */
  readonly epoch: number;
  readonly since: number;
}

/** What is to be judged. */
export interface Submission {
  readonly tree: TreeId;
  readonly summary: string;
  readonly problems: readonly Evidence[];
  /** True where it is the seal's own implementation, judged again. */
  readonly again: boolean;
  /** True where it has passed and is judged against the real thing. */
  readonly confirms: boolean;
  /** Why it is judged once more although it was judged before; null where no dispute led here. */
  readonly rejudged: Rejudged | null;
}

/**
 * Whether a reviewer's word is part of judging it. A seal and what has passed were reviewed before, and
 * where a dispute was decided against the reviewers, they are not asked once more.
 */
export const asksReviewer = ({ again, confirms, rejudged }: Submission): boolean =>
  !again && !confirms && rejudged?.by !== 'ruling';

/** A submission that did not pass, and what a dispute of that has to know. */
export interface JudgedSubmission {
  readonly tree: TreeId;
  readonly summary: string;
  readonly problems: readonly Evidence[];
  readonly attempt: number;
  readonly epoch: number;
  /** The assembled tree that its checks judged; null where the journal does not say. */
  readonly subject: TreeId | null;
  /** The checks that did not pass, by name. */
  readonly failed: readonly string[];
  /** Whether an attempt was used up by it. */
  readonly counted: boolean;
  /** Whose word upheld it last; null before the first dispute. */
  readonly upheldBy: ConflictRule | null;
}

/** What the other modules of a component are judged against: what passed last; null where nothing did. */
export function offerOf({ life, seal }: ModuleState): TreeId | null {
  switch (life.at) {
    case 'passed':
      return life.submission.tree;
    case 'sealed':
      return seal?.tree ?? null;
    case 'submitted':
    case 'evaluating':
      return life.submission.again || life.submission.confirms ? life.submission.tree : null;
    case 'disputed':
    case 'waiting':
    case 'ready':
    case 'generating':
    case 'resting':
    case 'amending':
    case 'verifying':
    case 'escalated':
    case 'abandoned':
      return null;
  }
}

/** A passed seal that nothing below has put in question. */
export const isSettled = (module: ModuleState): boolean =>
  module.life.at === 'sealed' && !module.life.stale;
