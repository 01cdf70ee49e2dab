import { addAmounts, zeroAmount } from '../budget.ts';
import { kindOf } from '../graph.ts';
import { outstanding } from '../outstanding.ts';
import { isSettled, type RunState } from '../state.ts';

/**
 * What a state's queues and counters say wrongly, each counted anew over all modules, tiers and
 * gates: nothing where every index is in step.
 */
export function indexFaults(state: RunState): string[] {
  const faults: string[] = [];
  const compare = (what: string, is: unknown, should: unknown): void => {
    if (is !== should) faults.push(`${what} is ${String(is)} and should be ${String(should)}`);
  };
  const settled = settledNodes(state);
  const { graph, modules, tiers, gates } = state;
  const unmet = graph.needs.map((needs) => needs.filter((need) => !settled[need]).length);
  unmet.forEach((count, node) =>
    compare(`unmet of ${String(graph.refs[node])}`, state.unmet.get(node), count),
  );
  compare('unsettled', state.unsettled, settled.filter((is) => !is).length);

  const lives = modules.toArray().map(({ life }) => life);
  const nodes = (is: (life: (typeof lives)[number], node: number) => boolean): number[] =>
    lives.flatMap((life, node) => (is(life, node) ? [node] : []));
  const ranks = (of: readonly number[]): string =>
    of
      .map((node) => graph.rank[node] ?? -1)
      .sort((a, b) => a - b)
      .join(' ');
  compare('toGenerate', [...state.toGenerate].join(' '), ranks(nodes(({ at }) => at === 'ready')));
  const handedIn = nodes(({ at }, node) => at === 'submitted' && unmet[node] === 0);
  compare('toEvaluate', [...state.toEvaluate].join(' '), ranks(handedIn));
  const toAmend = nodes((life) => life.at === 'amending' && life.order === null);
  compare('toAmend', [...state.toAmend].join(' '), ranks(toAmend));
  const toVerify = nodes((life) => life.at === 'verifying' && life.order === null);
  compare('toVerify', [...state.toVerify].join(' '), toVerify.join(' '));

  const composed = [...tiers, ...gates];
  const toJudge = composed.flatMap(({ life }, i) =>
    life.at === 'ready' ? [i + graph.tierBase] : [],
  );
  compare('toJudge', [...state.toJudge].join(' '), toJudge.join(' '));
  composed.forEach(({ id, life }, i) => {
    const open = unmet[i + graph.tierBase] === 0;
    const outdated = life.at === 'judging' && life.outdated;
    if (!open && life.at !== 'waiting' && !outdated) faults.push(`${id} is ${life.at} too early`);
    if (open && life.at === 'waiting') faults.push(`${id} waits for nothing`);
  });
  lives.forEach((life, node) => {
    const name = modules.get(node).id;
    if (life.at === 'ready' && unmet[node] !== 0) faults.push(`${name} is ready too early`);
    if (life.at === 'waiting' && unmet[node] === 0 && modules.get(node).contract.listing !== null) {
      faults.push(`${name} waits for nothing`);
    }
    const stale = life.at === 'sealed' && life.stale;
    if (stale && unmet[node] === 0) faults.push(`${name} is stale for nothing`);
  });

  const judging = composed.filter(
    ({ life }, i) => life.at === 'judging' && !isApproval(state, i + graph.tierBase),
  ).length;
  compare('builders', state.atWork.builders, nodes(({ at }) => at === 'generating').length);
  const planners = nodes((life) => life.at === 'amending' && life.order !== null).length;
  compare('planners', state.atWork.planners, planners);
  const reviewing = nodes(({ at }) => at === 'evaluating').length;
  compare('reviewers', state.atWork.reviewers, reviewing + judging);
  compare('inFlight', state.inFlight, outstanding(state).length);
  compare('sealed', state.sealed, modules.toArray().filter(isSettled).length);
  compare('abandoned', state.abandoned, nodes(({ at }) => at === 'abandoned').length);
  compare('needPerson', state.needPerson, peopleNeeded(state));

  let reserved = zeroAmount;
  for (const [, amount] of state.reservations) reserved = addAmounts(reserved, amount);
  for (const unit of ['tokens', 'microUsd', 'turns', 'ms'] as const) {
    compare(`reserved ${unit}`, state.reserved[unit], reserved[unit]);
  }
  return faults;
}

function settledNodes(state: RunState): boolean[] {
  const { graph, modules, tiers, gates } = state;
  const settled = graph.refs.map((_, node) => {
    if (node < graph.tierBase) return isSettled(modules.get(node));
    if (node < graph.gateBase) return tiers.get(node - graph.tierBase).life.at === 'integrated';
    if (node >= graph.streamBase) return false;
    const { at } = gates.get(node - graph.gateBase).life;
    return at === 'passed' || at === 'approved';
  });
  for (let node = graph.streamBase; node < graph.refs.length; node++) {
    settled[node] = (graph.needs[node] ?? []).every((need) => settled[need]);
  }
  return settled;
}

const isApproval = (state: RunState, node: number): boolean =>
  kindOf(state.graph, node) === 'gate' &&
  state.plan.gates[node - state.graph.gateBase]?.kind === 'approval';

function peopleNeeded({ modules, tiers, gates, phase, exhausted }: RunState): number {
  const asking = ['escalated', 'blocked', 'asked', 'refused'];
  const all = [...modules, ...tiers, ...gates].filter(({ life }) => asking.includes(life.at));
  return all.length + (phase.at === 'undelivered' ? 1 : 0) + (exhausted ? 1 : 0);
}
