import { nodeRef } from '../ids.ts';
import { moduleNode } from '../lookup.ts';
import { poolKinds, type PoolKind } from '../plan/plan.ts';
import { awaitedProvider } from '../provider-trouble.ts';
import { poolOf } from '../scopes.ts';
import type { DecisionStep, EventStep } from './law.ts';
import { keysOf } from './note-provider.ts';
import { moduleEntry, type Ledger } from './ledger.ts';
import { apply, type RulesByEvent } from './rules-by-event.ts';

/** Whether the work of a pool waits for its provider, by the events alone. */
export const isAwaited = (ledger: Ledger, pool: PoolKind): boolean =>
  keysOf(ledger, pool).some((key) => {
    const its = ledger.troubled.get(key);
    return its !== undefined && its !== 'to be tried';
  });

/** Who waits for a provider is told so, and nobody is told so who does not. */
export function namesProvider({ state, ledger }: DecisionStep): string | null {
  const wrong = poolKinds.find(
    (pool) => (awaitedProvider(state, pool) !== null) !== isAwaited(ledger, pool),
  );
  if (wrong === undefined) return null;
  return `${wrong} ${isAwaited(ledger, wrong) ? 'wait' : 'do not wait'} for their provider, unsaid`;
}

/** Of a provider that serves nobody one piece of work at most asks anything, and pays no attempt for it. */
export const leavesProviderAlone = (step: EventStep): string | null => apply(waiting, step);

const waiting: RulesByEvent = {
  'budget-reserved'({ seq, order, role, for: ref }, ledger) {
    // What is judged on after a crash was begun before.
    const begins = order === seq - 1;
    return begins && isAwaited(ledger, poolOf(role))
      ? `a ${role} of ${ref} begins while its provider is waited for`
      : null;
  },
  'generation-started'({ module, attempt }, ledger) {
    const { unserved, attempt: before } = moduleEntry(ledger, nodeRef('module', module));
    return unserved && attempt !== before ? `${module} loses an attempt to its provider` : null;
  },
  'generation-ended'({ module: id, outcome }, _, { before, after }) {
    if (outcome !== 'unserved' || before === null) return null;
    const was = before.modules.get(moduleNode(before, id));
    const is = after.modules.get(moduleNode(after, id));
    const same = was.restarts === is.restarts && was.judged === is.judged;
    return same ? null : `${id} is held to have failed where its provider did`;
  },
};
