import type { RunEvent } from '../events.ts';
import { nodeRef, type ModuleId } from '../ids.ts';

/** How long the attempt that was sealed took, without pauses; null where the journal does not tell. */
export interface SealedDurations {
  readonly buildMinutes: number | null;
  readonly reviewMinutes: number | null;
}

/** The latest attempt at a module; `-1` and null where there is nothing yet. */
interface Attempt {
  readonly build: number;
  readonly review: number;
  /** When its judgement began, by the run's time without pauses. */
  readonly since: number | null;
  readonly reviewMs: number | null;
}

/**
 * By module, of what was generated and sealed in a run. Building is what the agent's own clock says;
 * judging is the run's time from its order to the verdict, or the agent's own where that is more: a
 * clock that is sped up for scripted agents does not shorten either.
 */
export function sealedDurations(events: readonly RunEvent[]): Map<ModuleId, SealedDurations> {
  const watched = new Watched();
  for (const event of events) watched.see(event);
  return watched.durations();
}

class Watched {
  readonly #attempts = new Map<ModuleId, Attempt>();
  readonly #sealed = new Map<ModuleId, Attempt>();
  readonly #gates = new Map<string, ModuleId>();
  readonly #spentMs = new Map<number, number>();
  #pausedAt: number | null = null;
  #pausedMs = 0;

  see(event: RunEvent): void {
    if (event.type === 'run-started' || event.type === 'plan-changed') {
      for (const { id } of event.plan.modules) this.#gates.set(nodeRef('module', id), id);
    } else if (event.type === 'run-paused') {
      this.#pausedAt ??= event.at;
    } else if (event.type === 'run-resumed') {
      this.#pausedMs += event.at - (this.#pausedAt ?? event.at);
      this.#pausedAt = null;
    } else if (event.type === 'driver-started') {
      // Nobody was there for a while: how long judging takes is not told any more.
      for (const [module, its] of this.#attempts) {
        this.#attempts.set(module, { ...its, since: null });
      }
    } else if (event.type === 'generation-started') {
      const attempt = { build: event.seq, review: -1, since: null, reviewMs: null };
      this.#attempts.set(event.module, attempt);
    } else if (event.type === 'evaluation-started') {
      const its = this.#attempts.get(event.module);
      // A seal that is judged again takes what it takes for another reason.
      if (its === undefined || event.again) return;
      const since = event.at - this.#pausedMs;
      this.#attempts.set(event.module, { ...its, review: event.seq, since });
    } else if (event.type === 'verdict-given') {
      const module = this.#gates.get(event.gate);
      const its = module === undefined ? undefined : this.#attempts.get(module);
      if (module === undefined || its === undefined || its.since === null) return;
      const reviewMs = event.at - this.#pausedMs - its.since;
      this.#attempts.set(module, { ...its, since: null, reviewMs });
    } else if (event.type === 'budget-spent') {
      if (!event.inFull) this.#spentMs.set(event.order, event.amount.ms);
    } else if (event.type === 'module-sealed') {
      const its = this.#attempts.get(event.module);
      if (its !== undefined) this.#sealed.set(event.module, its);
    }
  }

  durations(): Map<ModuleId, SealedDurations> {
    return new Map(
      [...this.#sealed].map(([module, { build, review, reviewMs }]) => {
        const judgedMs =
          reviewMs === null ? null : Math.max(reviewMs, this.#spentMs.get(review) ?? 0);
        const buildMinutes = minutes(this.#spentMs.get(build) ?? null);
        return [module, { buildMinutes, reviewMinutes: minutes(judgedMs) }];
      }),
    );
  }
}

const minutes = (ms: number | null): number | null => (ms === null ? null : ms / 60_000);
