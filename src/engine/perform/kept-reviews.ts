import type { Review } from '../../core/commands/judging-result.ts';
import type { Evaluate } from '../../core/effects.ts';
import type { World } from './world.ts';

/** What is judged, and of what a reviewer has said what it has to say. */
interface Judged {
  readonly what: string;
  /** null: it gave no answer. */
  readonly said: Map<number, Review | null>;
}

const kept = new WeakMap<World, Map<Evaluate['module'], Judged>>();

/**
 * What reviewers have said by their numbers, where another was not served: when all is judged once more,
 * only who is missing is asked. `what` tells judgements apart. A run that is taken over asks all of them.
 */
export function keptReviews(
  world: World,
  { module }: Evaluate,
  what: string,
): Map<number, Review | null> {
  const all = kept.get(world) ?? new Map<Evaluate['module'], Judged>();
  kept.set(world, all);
  const its = all.get(module);
  if (its?.what === what) return its.said;
  const said: Judged['said'] = new Map();
  all.set(module, { what, said });
  return said;
}

/** The judgement is over: another of the same subject is one of its own. */
export function forgetReviews(world: World, { module }: Evaluate): void {
  kept.get(world)?.delete(module);
}
