import type { Amount } from './budget.ts';
import type { Command } from './commands.ts';
import type { Refusal } from './commands/refusal.ts';
import type { Effect } from './effects.ts';
import { advance } from './evolve.ts';
import type { EventBody, RunEvent } from './events.ts';
import type { ModuleId, Order } from './ids.ts';
import { ordered } from './outstanding.ts';
import { draftOf, type Draft } from './draft.ts';
import type { RunState } from './state.ts';

/** What a command leads to: events with the effects they order, or a refusal that changed nothing. */
export type Decision =
  | {
      readonly ok: true;
      readonly events: readonly RunEvent[];
      readonly effects: readonly Effect[];
      /** The fold of the events. */
      readonly state: RunState;
      /** What came was too late and was only noted: what to say to an agent that still asks. */
      readonly late: Refusal | null;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** A decision being made: each event is folded as it is given, so that the next rule sees it. */
export class Deciding {
  readonly events: RunEvent[] = [];
  readonly effects: Effect[] = [];
  #late: Refusal | null = null;
  #state: RunState | null;
  /** The state once an event was given: a copy, which the next events change. */
  #draft: Draft | null = null;
  /** UTC milliseconds of this decision. */
  readonly at: number;
  /** The person whose command it is; null where nobody asked. */
  readonly by: string | null;

  constructor(state: RunState | null, command: Command) {
    this.#state = state;
    // Clocks of two drivers may differ; a journal's time never goes back.
    this.at = Math.max(command.at, state?.at ?? 0);
    this.by = 'by' in command ? command.by : null;
  }

  /** Goes on with each event: hold on to what it holds, not to it. */
  get state(): RunState {
    if (this.#state === null) throw new Error('the run has not begun');
    return this.#state;
  }

  /** Gives an event its place, folds it and orders its effects. The body becomes the event. */
  emit(body: EventBody): Order {
    const seq = (this.#state?.seq ?? 0) + 1;
    // Not a copy with two more fields: over all events that is a tenth of what a run costs.
    const event = body as EventBody & { seq: number; at: number };
    event.seq = seq;
    event.at = this.at;
    if (this.#draft === null && this.#state !== null) this.#draft = draftOf(this.#state);
    this.#draft = advance(this.#draft, event);
    this.#state = this.#draft;
    this.events.push(event);
    const effect = ordered(event, this.#draft);
    if (effect !== null) this.effects.push(effect);
    return seq as Order;
  }

  /** Has the work of an earlier order end early. */
  abort(order: Order): void {
    this.effects.push({ type: 'abort', order });
  }

  /** Notes a result that came too late to count (law 12). */
  rejectLate(
    order: Order,
    module: ModuleId | null,
    what: string,
    spent: Amount | null = null,
  ): void {
    this.#late = { code: 'too-late', message: `${what} came too late; nothing was done with it` };
    this.emit({ type: 'late-result-rejected', module, order, what, spent });
  }

  done(): Decision {
    return {
      ok: true,
      events: this.events,
      effects: this.effects,
      state: this.state,
      late: this.#late,
    };
  }
}

export const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });
