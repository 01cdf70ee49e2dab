import { handoffLimits, isOpen } from '../handoff.ts';
import type { RunState } from '../state.ts';

/** What the lists of handoffs by module say wrongly, each made anew from the handoffs themselves. */
export function handoffFaults(state: RunState): string[] {
  const faults: string[] = [];
  const lists = state.plan.modules.map(() => ({
    gives: [] as number[],
    awaits: [] as number[],
    comes: [] as number[],
    begun: 0,
  }));
  let open = 0;
  let last = 0;
  for (let place = 0; place < state.handoffs.length; place++) {
    const handoff = state.handoffs.get(place);
    if (handoff.id <= last) faults.push(`handoff ${handoff.id} comes after ${last}`);
    last = handoff.id;
    // A module that was split is no longer there; what it had is over.
    const [from, to] = [handoff.from, handoff.to].map(
      (id) => state.graph.moduleIndex.get(id) ?? -1,
    );
    if (isOpen(handoff)) {
      open++;
      lists[from ?? -1]?.gives.push(place);
      lists[to ?? -1]?.awaits.push(place);
    }
    if (handoff.fresh) lists[to ?? -1]?.comes.push(place);
    const begunBy =
      handoff.by === null ? -1 : (state.graph.moduleIndex.get(handoff.by.module) ?? -1);
    const its = lists[begunBy];
    if (its !== undefined) its.begun++;
  }
  if (open !== state.openHandoffs)
    faults.push(`openHandoffs is ${state.openHandoffs}, not ${open}`);
  lists.forEach((should, node) => {
    const is = state.exchanges.get(node);
    const { id } = state.modules.get(node);
    for (const list of ['gives', 'awaits', 'comes'] as const) {
      const said = [...is[list]].sort((a, b) => a - b).join(' ');
      const counted = should[list].join(' ');
      if (said !== counted) faults.push(`${id} ${list} ${said} and should ${counted}`);
    }
    if (is.begun !== should.begun) faults.push(`${id} began ${is.begun}, not ${should.begun}`);
    if (is.has.length > handoffLimits.kept) faults.push(`${id} keeps ${is.has.length} handoffs`);
    const other = is.has.find((place) => state.handoffs.get(place).to !== id);
    if (other !== undefined) faults.push(`${id} has handoff ${other}, which is not for it`);
  });
  return faults;
}
