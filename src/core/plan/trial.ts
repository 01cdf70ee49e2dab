import type { Saving } from './edit.ts';
import type { Plan } from './plan.ts';
import { predict, type Prediction } from './predict.ts';
import { poolIssues } from './rule-pools.ts';

/** Modules that are scheduled in all tries together: what keeps advice on large plans quick. */
const maxScheduled = 16_000;
const maxTries = 48;
const minTries = 4;

/** Tries changes of a plan by predicting its time anew; only so many, the fewer the larger it is. */
export class Trial {
  readonly #faults: number;
  readonly #before: Prediction;
  #left: number;

  /** The plan has no cycle. */
  constructor(plan: Plan) {
    this.#faults = poolIssues(plan).length;
    this.#before = predict(plan);
    const affordable = Math.floor(maxScheduled / Math.max(1, plan.modules.length));
    this.#left = Math.min(maxTries, Math.max(minTries, affordable));
  }

  get isOver(): boolean {
    return this.#left === 0;
  }

  /** The time that the plan takes as it is. */
  get minutes(): number {
    return this.#before.parallelMinutes;
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
