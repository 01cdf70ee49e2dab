import type { HandoffRequested } from '../events/handoff.ts';
import { nodeRef, type ModuleId, type NodeRef } from '../ids.ts';
import type { DecisionStep } from './law.ts';
import { moduleEntry, type HandoffLedger, type Ledger } from './ledger.ts';
import type { RulesByEvent } from './rules-by-event.ts';

type Ends = Pick<HandoffRequested, 'handoff' | 'from' | 'to'>;

const module = (id: ModuleId): NodeRef => nodeRef('module', id);

/**
 * A handoff is the only thing of another builder's that a builder sees: it reaches nobody but its
 * receiver, and only once it was delivered.
 */
export const handoffsGoTheirWay: RulesByEvent = {
  'handoff-requested'({ handoff, from, to, by, seq }, ledger) {
    if (handoff !== seq) return `handoff ${handoff} is not numbered by its request`;
    if (from === to) return `${from} hands over to itself`;
    if (!ledger.modules.has(module(from)) || !ledger.modules.has(module(to))) {
      return `a handoff from ${from} to ${to}, which the plan does not hold`;
    }
    if (by === null) return null;
    const { builder } = moduleEntry(ledger, module(by.module));
    const its = builder?.attempt === by.attempt && builder.epoch === by.epoch;
    if (!its) return `a handoff begun by a builder of ${by.module} that is not at work`;
    return by.module === from || by.module === to ? null : `${by.module} speaks for others`;
  },
  'handoff-accepted'(event, ledger) {
    const { builder } = moduleEntry(ledger, module(event.from));
    if (builder === null) return `a handoff is accepted while nobody builds ${event.from}`;
    return standing(event, ledger);
  },
  'handoff-delivered'(event, ledger) {
    const { from, partial, tree, earlier } = event;
    if (earlier !== undefined) {
      const same = ledger.handoffs.get(earlier)?.from === module(from);
      return same ? standing(event, ledger) : `${from} gives on what it never gave`;
    }
    const { builder, seal } = moduleEntry(ledger, module(from));
    const bySeal = !partial && seal !== null && tree === seal.tree;
    if (builder === null && !bySeal) return `${from} delivers while nobody builds it`;
    return standing(event, ledger);
  },
  'handoff-received'(event, ledger) {
    const entry = ledger.handoffs.get(event.handoff);
    const stray = ends(event, entry);
    if (stray !== null) return stray;
    if (entry?.fresh?.partial !== event.partial) {
      return `handoff ${event.handoff} is received before it is delivered`;
    }
    const { builder, judging } = moduleEntry(ledger, module(event.to));
    const there = builder !== null || judging !== null;
    return there ? null : `handoff ${event.handoff} is received while nobody works on ${event.to}`;
  },
  'handoff-awaited'(event, ledger) {
    const { builder } = moduleEntry(ledger, module(event.to));
    if (builder === null) return `nobody builds ${event.to}, and waits for a handoff`;
    return ends(event, ledger.handoffs.get(event.handoff));
  },
  'handoff-withdrawn': (event, ledger) => standing(event, ledger),
  'run-finished'(_, ledger) {
    const [open] = ledger.openHandoffs;
    return open === undefined ? null : `the run finished with handoff ${open} open`;
  },
};

/** What was sealed was handed to all that were to get it. */
export function handoffsOwed({ ledger }: DecisionStep): string | null {
  for (const id of ledger.openHandoffs) {
    const from = ledger.handoffs.get(id)?.from;
    if (from !== undefined && moduleEntry(ledger, from).seal !== null) {
      return `handoff ${id} is open although ${from} is sealed`;
    }
  }
  const [owed] = ledger.owedHandoffs;
  return owed === undefined || ledger.cancelled ? null : `nothing was handed over for ${owed}`;
}

function ends({ handoff, from, to }: Ends, entry: HandoffLedger | undefined): string | null {
  if (entry === undefined) return `handoff ${handoff} was never requested`;
  const same = entry.from === module(from) && entry.to === module(to);
  return same ? null : `handoff ${handoff} goes astray, from ${from} to ${to}`;
}

function standing(event: Ends, ledger: Ledger): string | null {
  const entry = ledger.handoffs.get(event.handoff);
  const stray = ends(event, entry);
  if (stray !== null) return stray;
  return ledger.openHandoffs.has(event.handoff) ? null : `handoff ${event.handoff} is over already`;
}
