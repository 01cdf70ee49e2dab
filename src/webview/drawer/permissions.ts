import { heard, t } from '../../core/language.ts';
import type { Refusal, RefusalCode } from '../../core/commands/refusal.ts';
import type { ModuleId, TreeId } from '../../core/ids.ts';
import { refuseAmendment, refuseReopening } from '../../core/person-rules.ts';
import type { RunState } from '../../core/state.ts';

/** Whether a contract can be changed now, and which way; otherwise why not, short enough for a button. */
export interface Permissions {
  /** null where it is possible. */
  readonly amend: string | null;
  readonly reopen: string | null;
}

/** No contract has this tree: the rules only ask whether a new contract differs from the old one. */
const anotherContract = '0'.repeat(40) as TreeId;

/** Asks the rules themselves, so that a button never promises what they refuse. */
export function permissions(
  state: RunState,
  module: ModuleId,
  standstill: string | null,
): Permissions {
  if (standstill !== null) return { amend: standstill, reopen: standstill };
  const of = { module, contract: anotherContract, reason: '', by: '', at: state.at };
  return {
    amend: words(refuseAmendment(state, { type: 'amend-contract', ...of })),
    reopen: words(refuseReopening(state, { type: 'reopen-module', ...of })),
  };
}

/**
 * What stands beside the two buttons; null where both are open. Beside one that is open, the words
 * say which one they are about.
 */
export function whyNot({ amend, reopen }: Permissions): string | null {
  if (amend === null) return reopen;
  if (reopen === null) {
    return amend === runOver() ? t('Amend: the run is over; reopen instead') : amend;
  }
  if (amend === runOver() && reopen === noSeal()) {
    return t('The run is over, and without a seal there is nothing to reopen');
  }
  return amend;
}

const runOver = (): string => t('The run is over');
const noSeal = (): string => t('Reopen needs a seal first');

function words(refusal: Refusal | null): string | null {
  return refusal === null ? null : inShort(refusal.code, heard(refusal.message, refusal.words));
}

function inShort(code: RefusalCode, message: string): string {
  switch (code) {
    case 'not-sealed':
      return noSeal();
    case 'is-sealed':
      return t('Sealed: reopen it instead');
    case 'run-over':
      return runOver();
    case 'run-cancelling':
      return t('The run is being cancelled');
    case 'run-busy':
      return t('The run is just being delivered');
    case 'unknown-module':
    case 'same-budget':
    case 'same-agents':
    case 'no-agents':
    case 'no-contract':
    case 'not-waiting':
    case 'same-contract':
    case 'not-driven':
    case 'already-started':
    case 'already-paused':
    case 'not-paused':
    case 'unknown-gate':
    case 'not-an-approval':
    case 'nothing-to-approve':
    case 'other-subject':
    case 'unknown-conflict':
    case 'conflict-resolved':
    case 'not-to-decide':
    case 'not-possible':
    case 'stale-driver':
    case 'own-handoff':
    case 'no-sender':
    case 'too-late':
    case 'bad-items':
    case 'too-many-handoffs':
    case 'nobody-asked':
      return message;
  }
}
