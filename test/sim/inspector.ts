import { evolve } from '../../src/core/evolve.ts';
import type { RunEvent } from '../../src/core/events.ts';
import { indexFaults } from '../../src/core/laws/index-faults.ts';
import { LawWatch, type Breach } from '../../src/core/laws.ts';
import { isOver, type RunState } from '../../src/core/state.ts';
import { SimulationFailure } from './failure.ts';
import { plainState } from './plain-state.ts';

/** More than any run needs, however unlucky; long ones make some 1 200. */
const mostDecisions = 20_000;

/**
 * Follows the journal of a simulated run from outside: folds it event by event, holds every law
 * against every event, and counts every index anew.
 */
export class Inspector {
  readonly #watch: LawWatch;
  readonly #events: RunEvent[] = [];
  #state: RunState | null = null;
  decisions = 0;

  /** `metered`: no agent can spend more than was reserved for it. */
  constructor({ metered }: { readonly metered: boolean }) {
    this.#watch = new LawWatch({ metered });
  }

  get state(): RunState | null {
    return this.#state;
  }

  get events(): readonly RunEvent[] {
    return this.#events;
  }

  /** The events of one durable decision. */
  decided(events: readonly RunEvent[]): void {
    for (const event of events) {
      const before = this.#state;
      this.#events.push(event);
      const after = evolve(before, event);
      this.#state = after;
      this.#report(this.#watch.event(before, event, after));
      this.#compare(indexFaults(after), event.type);
      if (before !== null) this.#compare(needlessCopies(before, event, after), event.type);
    }
    this.decisions++;
    // A loop that never waits for a timer is ended by nobody else: no step, and no time, comes to pass.
    if (this.decisions > mostDecisions)
      this.fail('every run ends', `not within ${mostDecisions} decisions`);
    if (this.#state !== null) this.#report(this.#watch.endOfDecision(this.#state));
  }

  /** `state` was come by in another way, and must be the same. */
  agrees(state: RunState | null, how: string): void {
    if (JSON.stringify(plainState(state)) === JSON.stringify(plainState(this.#state))) return;
    this.fail('a run is the fold of its events', `${how} gives another state`);
  }

  /** Nothing is at work: then the run is over, or somebody is asked for something that is named. */
  idle(): void {
    const state = this.#state;
    if (state === null) return;
    const named =
      isOver(state) ||
      state.needPerson > 0 ||
      state.pausedAt !== null ||
      state.exhausted.length > 0 ||
      state.phase.at === 'undelivered' ||
      state.phase.at === 'lacking';
    if (!named) this.fail('never silently stuck', `idle while ${state.phase.at}`);
  }

  over(): void {
    if (this.#state !== null) this.#report(this.#watch.endOfRun(this.#state));
  }

  fail(rule: string, says: string): never {
    throw new SimulationFailure(rule, says, this.#events);
  }

  #report(breaches: readonly Breach[]): void {
    const [first] = breaches;
    if (first !== undefined) this.fail(`law ${first.law} (${first.title})`, first.says);
  }

  #compare(faults: readonly string[], after: string): void {
    const [first] = faults;
    if (first !== undefined) this.fail('every index is in step', `after ${after}, ${first}`);
  }
}

/** Records that were copied without need: selectors and time travel live on what keeps its identity. */
function needlessCopies(before: RunState, event: RunEvent, after: RunState): string[] {
  if (before.modules === after.modules) return [];
  const subject =
    'module' in event && event.module !== null
      ? (after.graph.moduleIndex.get(event.module) ?? null)
      : null;
  const faults: string[] = [];
  for (let node = 0; node < after.modules.length; node++) {
    const is = after.modules.get(node);
    const place = before.graph.moduleIndex.get(is.id);
    // A part of a module that was split just now.
    if (place === undefined) continue;
    const was = before.modules.get(place);
    if (was === is || node === subject || was.life !== is.life || was.spent !== is.spent) continue;
    if (was.notices !== is.notices || was.conflict !== is.conflict) continue;
    if (was.judgement !== is.judgement) continue;
    faults.push(`the record of ${is.id} was copied as it is`);
  }
  return faults;
}
