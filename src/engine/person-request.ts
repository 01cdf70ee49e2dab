import { told, type Phrase, type Told } from '../core/phrase.ts';
import type { PersonCommand } from '../core/commands/person.ts';
import type { BudgetRequest } from './budget-command.ts';
import type { Unstamped } from './run-loop.ts';

/** What a person asks of a run, in words and files; names are checked here. */
export type PersonRequest =
  | { readonly type: 'pause' | 'resume' }
  | { readonly type: 'cancel'; readonly reason: string }
  | ({ readonly type: 'budget' } & BudgetRequest)
  /** `provider` null: all that are waited for. */
  | { readonly type: 'retry-provider'; readonly provider: string | null }
  /** Names are checked here. `model` null: the one that the provider takes for this pool. */
  | {
      readonly type: 'agents';
      readonly pool: string;
      readonly agent: string;
      readonly model: string | null;
    }
  | {
      readonly type: 'approve';
      readonly gate: string;
      readonly submission: string;
      readonly note: string;
    }
  /** `submission` null: whatever the gate asks about now. */
  | {
      readonly type: 'reject';
      readonly gate: string;
      readonly submission: string | null;
      readonly note: string;
    }
  /** `decision` is checked here. */
  | {
      readonly type: 'resolve';
      readonly conflict: number;
      readonly decision: string;
      readonly reason: string;
    }
  /** `contractPath`: the contract's new text, or a folder with its changed files; null: the reason is added to it. */
  | {
      readonly type: 'reopen' | 'amend';
      readonly module: string;
      readonly reason: string;
      readonly contractPath: string | null;
      /** Files that are taken out of the contract; none unless given. Only beside a folder. */
      readonly removed?: readonly string[];
    };

export interface Failed extends Told {
  readonly ok: false;
  readonly code: string;
}

/** `says`: a phrase where people of a window are told of it. */
export const failed = (code: string, says: string | Phrase): Failed => ({
  ...{ ok: false, code },
  ...(typeof says === 'string' ? { message: says } : told(says)),
});

/** A request as the rules take it, or why it does not fit the run. */
export type Built =
  | {
      readonly ok: true;
      readonly command: Unstamped<PersonCommand>;
      /** What whoever asked for it should know of it. */
      readonly notes?: readonly string[];
    }
  | Failed;
