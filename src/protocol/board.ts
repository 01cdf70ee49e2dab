/**
 * The one protocol between the extension host and its webviews, the board and the sidebar.
 *
 *     webview  ── ready ─────────────────────────────►  host
 *              ◄── desk, then run: a snapshot ────────
 *              ◄── events, events, …: batches ────────
 *              ── resync, on a gap in `n` ────────────►      the answer is a snapshot
 *              ── act, ask ───────────────────────────►      checked by the host, field by field
 *              ◄── answer, draft, show ───────────────
 *
 * The webview folds the events with the core's own `evolve`. It is the untrusted side.
 */
import type { Amount } from '../core/budget.ts';
import type { PoolKind } from '../core/plan/plan.ts';
import type { Scope } from '../core/scopes.ts';
import type { MoneyKnowledge } from '../core/projections/money-known.ts';
import type { Comparison } from '../core/projections/compare-shape.ts';
import type { RunEvent } from '../core/events.ts';
import type { RunOutcome } from '../core/events/run.ts';
import type { Digest, GateId, ModuleId, NodeRef, RunId, TreeId } from '../core/ids.ts';
import type { ListedTest } from '../core/verdict.ts';
import type { Source } from './source.ts';

/** Names a run in a window that may have several folders open. */
export interface RunKey {
  /** The workspace folder's URI. */
  readonly folder: string;
  readonly run: RunId;
}

/** Who drives a run. `nobody` and not over: it was interrupted, or waits for a person. */
export type Driver = 'here' | 'elsewhere' | 'nobody';

/** What lies around the runs: folders, plans, earlier runs. Sent whole whenever it changes. */
export interface Desk {
  /** The host's clock, UTC milliseconds, when this was sent; ages are told by it. */
  readonly at: number;
  readonly trusted: boolean;
  readonly folders: readonly DeskFolder[];
  /** All runs of all folders, newest first. */
  readonly runs: readonly DeskRun[];
  /** What the sidebar shows in full. */
  readonly current: RunKey | null;
  /** A run that is being prepared; null where none is. */
  readonly starting: { readonly plan: string; readonly says: string } | null;
  /** What of the extension itself cannot be loaded, and what to do. Left out: it is all there. */
  readonly broken?: string;
}

export interface DeskFolder {
  readonly uri: string;
  readonly name: string;
  readonly plans: readonly { readonly uri: string; readonly path: string }[];
}

/** A run in one line. */
export interface DeskRun {
  readonly key: RunKey;
  readonly artifact: string;
  /** null until it is finished. */
  readonly outcome: RunOutcome | null;
  /** Why it ended so; '' before. */
  readonly reason: string;
  readonly paused: boolean;
  /** UTC milliseconds. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  readonly sealed: number;
  readonly modules: number;
  readonly spent: Amount;
  /** How much of its money is known. */
  readonly money: MoneyKnowledge;
  /** How many things in it only a person can move. */
  readonly needs: number;
  readonly driver: Driver;
  /** What is wrong with its journal; null where nothing is. */
  readonly problem: string | null;
}

/** From the host. */
export type HostMessage =
  | { readonly type: 'desk'; readonly desk: Desk }
  | RunSnapshot
  | RunBatch
  /** This webview has no run to show. */
  | { readonly type: 'no-run' }
  | { readonly type: 'driver'; readonly run: RunId; readonly driver: Driver }
  /** An amendment that is being written; null where it was confirmed or thrown away. */
  | { readonly type: 'draft'; readonly module: ModuleId; readonly draft: Draft | null }
  | { readonly type: 'answer'; readonly to: number; readonly answer: Answer }
  /** What a person asked for outside did not work; stays until it is put away. */
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'show'; readonly show: Show }
  /** Only to a board in front: who asks for it sees what comes of it. */
  | { readonly type: 'travel'; readonly to: Travel }
  | SetSideBySide;

/** Two runs side by side, to the page that shows just that; sent anew while one of them goes on. */
export interface SetSideBySide {
  readonly type: 'comparison';
  readonly keys: readonly [RunKey, RunKey];
  readonly comparison: Comparison;
}

/** A run from its beginning; whatever the webview knew before is void. */
export interface RunSnapshot {
  readonly type: 'run';
  readonly key: RunKey;
  readonly driver: Driver;
  /** Number of this message; the first batch after it has `n + 1`. */
  readonly n: number;
  readonly events: readonly RunEvent[];
  /** Left out: it is a run of this window. */
  readonly source?: Source;
  /** Its folder was there and is no longer. */
  readonly gone?: true;
}

/** Whole decisions, in order. */
export interface RunBatch {
  readonly type: 'events';
  readonly run: RunId;
  readonly n: number;
  readonly events: readonly RunEvent[];
}

/** A view of the board, each under a tab of its own. */
export type BoardView = 'graph' | 'streams' | 'gates' | 'table' | 'account';

/** Which part of the board to bring into view. */
export type Show =
  | { readonly view: BoardView }
  | { readonly view: 'module'; readonly module: ModuleId }
  | { readonly view: 'amendment'; readonly module: ModuleId };

/** Where a person goes in the time of a run, from the moment that is looked at. */
export type Travel =
  | `${'previous' | 'next'}-${'event' | 'verdict' | 'failure' | 'amendment'}`
  /** Plays from there, or stops. */
  | 'play'
  | 'live';

/** A contract's next version while a person writes it: files on disk, opened in the editor. */
export interface Draft {
  readonly kind: 'reopen' | 'amend';
  readonly module: ModuleId;
  /** The version that it was begun from; it is stale where the module has a later one. */
  readonly from: number;
  readonly files: readonly FileDiff[];
  /** Why it cannot be confirmed as it is; '' where it can. */
  readonly problem: string;
}

/** A file that an approval brings, and by how many lines it differs from the base. */
export type FileCount = Pick<FileDiff, 'path' | 'added' | 'removed'>;

export interface FileDiff {
  /** Within the contract: `contract/…`, `tests/…`, `stub/…`, or root-relative for submissions. */
  readonly path: string;
  readonly added: number;
  readonly removed: number;
  /** At most 400; `cut` where there were more, or where the file is no text. */
  readonly lines: readonly DiffLine[];
  readonly cut: boolean;
}

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
}

/** From a webview. */
export type BoardMessage =
  | { readonly type: 'ready' }
  /** A batch is missing. */
  | { readonly type: 'resync' }
  /** `run`: the one that the person saw; it may be another by the time that this arrives. */
  | { readonly type: 'act'; readonly run: RunId | null; readonly action: Action }
  | { readonly type: 'ask'; readonly id: number; readonly question: Question };

/** What a person does by clicking; every one is a command of the palette too. */
export type Action =
  | { readonly do: 'run-example' | 'create-plan' | 'open-walkthrough' }
  /** Without `uri` the host asks which. */
  | { readonly do: 'run-plan'; readonly uri?: string }
  | { readonly do: 'open-plan'; readonly uri: string }
  | { readonly do: 'open-folder' | 'manage-trust' | 'show-output' | 'reload-window' }
  | { readonly do: 'select-run' | 'open-board' | 'open-postmortem'; readonly key: RunKey }
  /** From here on about the run that the webview shows. */
  | { readonly do: 'pause' | 'resume' | 'cancel' }
  /** Writes it into one page; the host asks where. */
  | { readonly do: 'export-run' }
  /** Without `scope` the host asks whose. */
  | { readonly do: 'raise-budget'; readonly scope?: Scope }
  /** Has a provider that serves nobody tried now; without it all that are waited for. */
  | { readonly do: 'retry-provider'; readonly provider?: string }
  /** The host asks from which provider; without `pool`, for which pool too. */
  | { readonly do: 'switch-agents'; readonly pool?: PoolKind }
  /** The host asks how, and why. */
  | { readonly do: 'decide-dispute'; readonly module: ModuleId }
  | {
      readonly do: 'approve' | 'reject';
      readonly gate: GateId;
      readonly submission: Digest;
      /** '' where none was written; the host asks for one where it must have it. */
      readonly note: string;
    }
  /** Opens the contract for editing, or goes on with its draft. */
  | { readonly do: 'reopen' | 'amend'; readonly module: ModuleId }
  | { readonly do: 'open-draft' | 'discard-draft'; readonly module: ModuleId }
  | { readonly do: 'confirm-draft'; readonly module: ModuleId; readonly reason: string }
  /** What an agent of the module was told, said and did; the host asks which. */
  | { readonly do: 'open-transcript'; readonly module: ModuleId }
  /** A note of earlier runs that agents were given, by its name in the folder of notes. */
  | { readonly do: 'open-insight'; readonly file: string }
  | { readonly do: 'open-contract'; readonly module: ModuleId; readonly version: number }
  | {
      readonly do: 'diff-contract';
      readonly module: ModuleId;
      readonly from: number;
      readonly to: number;
    }
  /** Against the seal before it, or else the base. */
  | { readonly do: 'diff-submission'; readonly module: ModuleId; readonly tree: TreeId }
  /** The host asks against what. */
  | { readonly do: 'compare-submission'; readonly module: ModuleId; readonly tree: TreeId }
  | {
      readonly do: 'compare-approval';
      readonly gate: GateId;
      readonly submission: Digest;
    }
  /** Any version of the module that was sealed; the host asks which, and which file of it. */
  | { readonly do: 'open-sealed'; readonly module: ModuleId }
  /** Evidence: a file of the contract's tests or of the submission, at a line. */
  | {
      readonly do: 'open-evidence';
      readonly module: ModuleId;
      readonly tree: TreeId | null;
      readonly file: string;
      readonly line: number | null;
    }
  /** Evidence of a tier or a gate: a file of the base or of a seal that it stands on. */
  | {
      readonly do: 'open-gate-evidence';
      readonly gate: NodeRef;
      readonly file: string;
      readonly line: number | null;
    }
  /** What an approval gate asks about, or asked about at the moment that is looked at, against the base. */
  | { readonly do: 'diff-approval'; readonly gate: GateId; readonly submission: Digest }
  /** From the sidebar: the board, at this place. */
  | { readonly do: 'show'; readonly show: Show };

/** What the webview wants to know and the journal does not hold. */
export type Question =
  | {
      readonly about: 'contract';
      readonly module: ModuleId;
      readonly from: number;
      readonly to: number;
    }
  | { readonly about: 'tests'; readonly module: ModuleId }
  /** What lands by an approval. */
  | { readonly about: 'approval'; readonly gate: GateId; readonly submission: Digest }
  | { readonly about: 'submission'; readonly module: ModuleId; readonly tree: TreeId };

export type Answer =
  /** `text`: the contract's Markdown in version `to`, at most 64 kB of it. */
  | { readonly about: 'contract'; readonly text: string; readonly files: readonly FileDiff[] }
  | { readonly about: 'tests'; readonly tests: readonly ListedTest[] }
  | { readonly about: 'submission'; readonly files: readonly FileDiff[] }
  /** The first files against the base, and how many there are; `changed`: since what it asked about before. */
  | {
      readonly about: 'approval';
      readonly files: readonly FileCount[];
      readonly count: number;
      /** null where it had not asked before. */
      readonly changed: number | null;
    }
  | { readonly about: 'failure'; readonly message: string };
