import type { ConflictResolved } from '../events/conflict.ts';
import type { Ledger } from './ledger.ts';

/** Writes into the ledger how a conflict was decided: what passes by a word is judged once more. */
export function noteResolution(ledger: Ledger, event: ConflictResolved): void {
  const conflict = ledger.conflicts.get(event.conflict);
  ledger.conflicts.delete(event.conflict);
  const about = conflict?.about ?? null;
  const module = about === null ? undefined : ledger.modules.get(about);
  if (conflict === undefined || module?.dispute !== event.conflict) return;
  module.dispute = null;
  if (module.arbiter !== null) ledger.live.delete(module.arbiter);
  module.arbiter = null;
  module.escalated = null;
  const { decided } = event;
  const passes = decided === 'overturn' || (decided === 'uphold' && conflict.ifUpheld === 'pass');
  // Where its checks are being run anew, it is there already.
  if (!passes || module.judging !== null) return;
  module.submission = module.heldBack;
  module.ruled = module.heldBack?.tree ?? null;
}
