import type { RunState } from '../state.ts';

/** A module in dispute knows an open conflict of its own, and is somewhere it can be settled. */
export function conflictFaults({ modules, tiers, gates, conflicts }: RunState): string[] {
  const faults: string[] = [];
  const open = new Map(
    conflicts
      .toArray()
      .flatMap(({ id, parties, resolved }) =>
        resolved === null ? [[id, parties[0]] as const] : [],
      ),
  );
  for (const { id, conflict, life } of modules) {
    if (conflict !== null && open.get(conflict) !== `module:${id}`) {
      faults.push(`${id} is in conflict ${conflict}, which is not open`);
    }
    if (life.at === 'disputed' && life.conflict !== conflict) {
      // Amended or put to a planner in the same decision.
      if (conflict !== null) faults.push(`${id} is disputed in ${life.conflict}, not ${conflict}`);
    }
  }
  for (const { id, conflict } of [...tiers, ...gates]) {
    if (conflict !== null && !open.has(conflict))
      faults.push(`${id} is in a conflict that is over`);
  }
  return faults;
}
