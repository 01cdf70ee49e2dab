import type { Saving } from './edit.ts';
import type { Plan } from './plan.ts';
import { isFaster } from './rule-preconditions.ts';
import { predict, type Prediction } from './predict.ts';
import { poolIssues } from './rule-pools.ts';

/** Modules that are scheduled in all tries together: what keeps advice on large plans quick. */
const maxScheduled = 6_000;
const maxTries = 48;
const minTries = 3;

/** Tries changes of a plan by predicting its time anew; only so many, the fewer the larger it is. */
export class Trial {
  readonly #faults: number;
  readonly #before: Prediction;
  readonly #reserve: number;
  #left: number;

  /** The plan has no cycle, and takes what `before` says. */
  constructor(plan: Plan, before: Prediction) {
    this.#faults = poolIssues(plan).length;
    this.#before = before;
    const affordable = Math.floor(maxScheduled / Math.max(1, plan.modules.length));
    this.#left = Math.min(maxTries, Math.max(minTries, affordable));
    this.#reserve = Math.floor(this.#left / 4);
  }

  /** True once what is left is for those who try little. */
  get isOver(): boolean {
    return this.#left <= this.#reserve;
  }

  /** The time that the plan takes as it is. */
  get minutes(): number {
    return this.#before.parallelMinutes;
  }

  /** Whether a plan that saves this is still faster than one agent. */
  isFaster({ parallelMinutes }: Saving): boolean {
    const { parallelMinutes: before, ...rest } = this.#before;
    return isFaster({ ...rest, parallelMinutes: before - parallelMinutes });
  }

  /** What the changed plan saves; null where it would be refused, or no more can be tried. */
  saving(changed: Plan): Saving | null {
    if (this.#left === 0) return null;
    this.#left -= 1;
    if (poolIssues(changed).length > this.#faults) return null;
    const after = predict(changed);
    const { parallelMinutes, criticalMinutes } = this.#before;
    return {
      parallelMinutes: tenths(parallelMinutes - after.parallelMinutes),
      criticalMinutes: tenths(criticalMinutes - after.criticalMinutes),
    };
  }
}

/** Sums of fractions differ in their last digits. */
const tenths = (minutes: number): number => Math.round(minutes * 10) / 10;
