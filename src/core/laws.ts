import type { RunEvent } from './events.ts';
import type { Law, LawStep } from './laws/law.ts';
import { budgetsAreReserved } from './laws/law-budgets.ts';
import {
  aFailingCheckIsNeverAPass,
  testsAreTheContract,
  whatWasJudgedIsWhatStands,
} from './laws/law-contracts.ts';
import {
  nothingCrossesButThroughAGate,
  oneOwner,
  whoWritesDoesNotJudge,
} from './laws/law-hands.ts';
import { blockOnlyForAReason } from './laws/law-holds.ts';
import {
  everyRunEndsInAPostmortem,
  lateResultsAreFenced,
  noTranscripts,
} from './laws/law-record.ts';
import { aSealDoesNotChange, nothingSealedIsLost } from './laws/law-seals.ts';
import { newLedger, type Ledger } from './laws/ledger.ts';
import { noteEvent } from './laws/note-event.ts';
import type { RunState } from './state.ts';

/** The laws of every run, in the order of their numbers. */
export const laws: readonly Law[] = [
  testsAreTheContract,
  whoWritesDoesNotJudge,
  aFailingCheckIsNeverAPass,
  aSealDoesNotChange,
  whatWasJudgedIsWhatStands,
  oneOwner,
  nothingCrossesButThroughAGate,
  noTranscripts,
  blockOnlyForAReason,
  nothingSealedIsLost,
  budgetsAreReserved,
  lateResultsAreFenced,
  everyRunEndsInAPostmortem,
];

/** A law that was broken, and by what. */
export interface Breach {
  readonly law: Law['number'];
  readonly title: string;
  /** Of the event, or of the last one of the decision. */
  readonly seq: number;
  readonly says: string;
}

/**
 * Holds the laws against a run as it goes on, or against its journal later. It trusts nothing that
 * the state says of itself, but keeps its own ledger of the events.
 */
export class LawWatch {
  readonly #metered: boolean;
  #ledger: Ledger | null = null;

  /** `metered`: the agents' calls are metered, so that none can spend more than was reserved. */
  constructor({ metered }: { readonly metered: boolean }) {
    this.#metered = metered;
  }

  /** `before` and `after`: the fold up to the event, without and with it. */
  event(before: RunState | null, event: RunEvent, after: RunState): Breach[] {
    this.#ledger ??= newLedger(after.plan, this.#metered);
    const ledger = this.#ledger;
    const breaches = broken({ at: 'event', before, event, after, ledger }, event.seq);
    noteEvent(ledger, event);
    return breaches;
  }

  endOfDecision(state: RunState): Breach[] {
    return this.#end('decision', state);
  }

  endOfRun(state: RunState): Breach[] {
    return this.#end('end', state);
  }

  #end(at: 'decision' | 'end', state: RunState): Breach[] {
    if (this.#ledger === null) throw new Error('the run has no events');
    return broken({ at, state, ledger: this.#ledger }, state.seq);
  }
}

function broken(step: LawStep, seq: number): Breach[] {
  const breaches: Breach[] = [];
  for (const law of laws) {
    const says = law.holds(step);
    if (says !== null) breaches.push({ law: law.number, title: law.title, seq, says });
  }
  return breaches;
}
