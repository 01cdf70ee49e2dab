import { problemOf, type Problem } from '../src/core/schedule/problem.ts';
import { seeded } from '../src/core/schedule/random.ts';

/**
 * What projects of the published benchmark sets are drawn from (Kolisch, Sprecher and Drexl, 1995):
 * network complexity is arcs per task, the resource factor how many of the resources a task holds,
 * resource strength how scarce they are, from 0, where the largest task just fits, to 1, where
 * nothing waits for a resource.
 */
interface Character {
  readonly tasks: number;
  readonly complexity: number;
  readonly factor: number;
  readonly strength: number;
}

const resources = 4;
const ends = 3;
const most = { duration: 10, demand: 10, followers: 3, needs: 3 };

/** `each` projects of every character in the sets' grid of 48. */
export function projects(tasks: number, each: number): Problem[] {
  const found: Problem[] = [];
  for (const complexity of [1.5, 1.8, 2.1]) {
    for (const factor of [0.25, 0.5, 0.75, 1]) {
      for (const strength of [0.2, 0.5, 0.7, 1]) {
        for (let i = 0; i < each; i++) {
          const seed = tasks * 10_000 + found.length;
          found.push(project({ tasks, complexity, factor, strength }, seeded(seed)));
        }
      }
    }
  }
  return found;
}

function project(character: Character, random: () => number): Problem {
  const { tasks, factor, strength } = character;
  const between = (low: number, high: number): number =>
    low + Math.floor(random() * (high - low + 1));
  const durations = Array.from({ length: tasks }, () => between(1, most.duration));
  const needs = network(character, between);
  const held = durations.map(() => {
    const amounts = new Array<number>(resources).fill(0);
    const free = amounts.map((_, resource) => resource);
    for (let i = Math.round(factor * resources); i > 0; i--) {
      const [resource = 0] = free.splice(between(0, free.length - 1), 1);
      amounts[resource] = between(1, most.demand);
    }
    return amounts;
  });
  const capacities = Array.from({ length: resources }, (_, resource) => {
    const amounts = held.map((each) => each[resource] ?? 0);
    const least = Math.max(...amounts);
    return least + Math.round(strength * (peak(durations, needs, amounts) - least));
  });
  return problemOf(
    durations.map((duration, task) => ({
      duration,
      needs: needs[task] ?? [],
      demands: (held[task] ?? []).flatMap((amount, resource) =>
        amount > 0 ? [{ resource, amount }] : [],
      ),
    })),
    capacities,
  );
}

/** Some tasks at each end stand for themselves; every other one has what it needs and what needs it. */
function network(
  { tasks, complexity }: Character,
  between: (low: number, high: number) => number,
): number[][] {
  const needs: number[][] = Array.from({ length: tasks }, () => []);
  const followers = new Array<number>(tasks).fill(0);
  let arcs = 2 * ends;
  const join = (from: number, to: number): void => {
    const isTaken = needs[to]?.includes(from) ?? true;
    const isFull =
      (needs[to]?.length ?? 0) >= most.needs || (followers[from] ?? 0) >= most.followers;
    if (from >= to || to < ends || from >= tasks - ends || isTaken || isFull) return;
    if (isBelow(needs, from, to)) return;
    needs[to]?.push(from);
    followers[from] = (followers[from] ?? 0) + 1;
    arcs++;
  };
  const tries = 50;
  for (let to = ends; to < tasks; to++) {
    for (let i = 0; i < tries && needs[to]?.length === 0; i++) {
      join(between(0, Math.min(to, tasks - ends) - 1), to);
    }
  }
  for (let from = 0; from < tasks - ends; from++) {
    for (let i = 0; i < tries && followers[from] === 0; i++) {
      join(from, between(Math.max(from + 1, ends), tasks - 1));
    }
  }
  for (let i = 0; i < 100 * tasks && arcs < complexity * (tasks + 2); i++) {
    join(between(0, tasks - ends - 1), between(ends, tasks - 1));
  }
  return needs;
}

/** Whether a task comes before another on some path already. */
function isBelow(needs: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set([to]);
  for (const task of seen) for (const need of needs[task] ?? []) seen.add(need);
  return seen.has(from);
}

/** The most that is held at once where every task starts as early as its needs let it. */
function peak(
  durations: readonly number[],
  needs: readonly (readonly number[])[],
  amounts: readonly number[],
): number {
  const starts: number[] = [];
  durations.forEach((_, task) => {
    starts[task] = Math.max(
      0,
      ...(needs[task] ?? []).map((need) => (starts[need] ?? 0) + (durations[need] ?? 0)),
    );
  });
  return Math.max(
    ...starts.map((moment) =>
      amounts.reduce((sum, amount, task) => {
        const start = starts[task] ?? 0;
        return start <= moment && moment < start + (durations[task] ?? 0) ? sum + amount : sum;
      }, 0),
    ),
  );
}
