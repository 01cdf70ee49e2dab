import type { EventOf, RunEvent } from '../events.ts';
import type { EventStep } from './law.ts';
import type { Ledger } from './ledger.ts';

/** What a law says of the few events that it speaks of. */
export type RulesByEvent = {
  readonly [Type in RunEvent['type']]?: (
    event: EventOf<Type>,
    ledger: Ledger,
    step: EventStep,
  ) => string | null;
};

export function apply(rules: RulesByEvent, step: EventStep): string | null {
  const rule = rules[step.event.type] as
    ((event: RunEvent, ledger: Ledger, step: EventStep) => string | null) | undefined;
  return rule === undefined ? null : rule(step.event, step.ledger, step);
}
