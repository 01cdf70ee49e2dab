import { conflictOf } from '../../core/conflict.ts';
import { conflictRows, type ConflictRow } from '../../core/projections/conflicts.ts';
import { needsYou } from '../../core/projections/needs-you.ts';
import type { RunState } from '../../core/state.ts';
import type { Evidence } from '../../core/verdict.ts';

/** A conflict as the board lists it. */
export interface ListedConflict extends ConflictRow {
  readonly evidence: readonly Evidence[];
  /** A person is asked to decide it now. */
  readonly yours: boolean;
}

/**
 * Those that wait for a person first, then the other open ones, both the longest waiting first; then
 * what is decided, the latest first. `of`: only those that this module is a party of.
 */
export function listedConflicts(state: RunState, of?: string): ListedConflict[] {
  if (state.conflicts.length === 0) return [];
  const asked = new Set(
    needsYou(state).flatMap((need) =>
      need.kind === 'escalated' && need.dispute !== null ? [need.dispute.conflict] : [],
    ),
  );
  const rows = conflictRows(state)
    .filter(({ parties }) => of === undefined || parties.includes(of))
    .map((row) => ({
      ...row,
      evidence: conflictOf(state, row.id).evidence,
      yours: asked.has(row.id),
    }));
  const open = rows.filter(({ resolved }) => resolved === null);
  const decided = rows.filter(({ resolved }) => resolved !== null).reverse();
  return [...open.filter(({ yours }) => yours), ...open.filter(({ yours }) => !yours), ...decided];
}
