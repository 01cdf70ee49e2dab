import { RankSet } from './collections/rank-set.ts';
import { SmallMap } from './collections/small-map.ts';
import { Vector } from './collections/vector.ts';
import type { Draft } from './draft.ts';
import { newComposed, newModule, standings } from './begin-run.ts';
import { outdateAbove } from './evolve-amendment.ts';
import { moduleNode } from './lookup.ts';
import type { ModuleSplit } from './events/plan-change.ts';
import { graphOf, isInside } from './graph.ts';
import { noExchange } from './handoff.ts';
import { buildQueue, reviewQueue } from './held.ts';
import { recount } from './count-work.ts';
import { isSettled, offerOf, type ModuleState } from './module-state.ts';
import { askingProviders, restingProviders } from './provider-trouble.ts';

/**
 * Puts the parts of a module in its place: all nodes are numbered anew, and every index is made anew
 * from what they are. Looks at everything; a split is rare.
 */
export function evolveSplit(draft: Draft, event: ModuleSplit): void {
  const before = { graph: draft.graph, modules: draft.modules, exchanges: draft.exchanges };
  const { feedback } = draft;
  const contracts = new Map(event.contracts.map((each) => [each.module, each]));
  const graph = graphOf(event.plan);
  draft.plan = event.plan;
  draft.graph = graph;
  draft.modules = Vector.from(
    event.plan.modules.map((plan): ModuleState => {
      const part = contracts.get(plan.id);
      const node = before.graph.moduleIndex.get(plan.id);
      if (part === undefined && node !== undefined) return before.modules.get(node);
      const module = newModule(plan.id, plan.contract);
      if (part === undefined) return module;
      const { contract: tree, seed } = part;
      const { reason } = event;
      const version = { version: 1, tree, reason, source: 'split', at: event.at } as const;
      return {
        ...module,
        contract: { ...module.contract, version: 1, tree, history: [version] },
        life: { at: 'verifying', order: null, outdated: false },
        seed,
      };
    }),
  );
  const tiers = new Map([...draft.tiers].map((tier) => [tier.id, tier]));
  draft.tiers = Vector.from(event.plan.tiers.map(({ id }) => tiers.get(id) ?? newComposed(id)));
  draft.exchanges = Vector.from(
    event.plan.modules.map(({ id }) => {
      const node = before.graph.moduleIndex.get(id);
      return node === undefined ? noExchange : before.exchanges.get(node);
    }),
  );
  // A pair is known by the names of its sides.
  const nameOf = (of: typeof graph, node: number) => of.refs[node] ?? '';
  const pairs = new Map(
    before.graph.feedback.map(({ a, b }, place) => [
      `${nameOf(before.graph, a)} ${nameOf(before.graph, b)}`,
      feedback.get(place),
    ]),
  );
  const fresh = standings(graph);
  draft.feedback = Vector.from(
    graph.feedback.map(
      ({ a, b }, place) =>
        pairs.get(`${nameOf(graph, a)} ${nameOf(graph, b)}`) ?? fresh.feedback.get(place),
    ),
  );
  reindex(draft);
  // Their stubs stand in for that of the module from here on.
  for (const part of event.into) outdateAbove(draft, moduleNode(draft, part));
}

function reindex(draft: Draft): void {
  const { graph, modules, tiers, gates } = draft;
  const settled: boolean[] = [
    ...[...modules].map(isSettled),
    ...[...tiers].map(({ life }) => life.at === 'integrated'),
    ...[...gates].map(({ life }) => life.at === 'passed' || life.at === 'approved'),
  ];
  for (let node = graph.streamBase; node < graph.refs.length; node++) {
    settled.push((graph.needs[node] ?? []).every((need) => settled[need]));
  }
  const isOpen = (node: number, need: number): boolean =>
    isInside(graph, node, need) ? offerOf(modules.get(need)) === null : settled[need] !== true;
  draft.unmet = Vector.from(
    graph.needs.map((needs, node) => needs.filter((need) => isOpen(node, need)).length),
  );
  draft.undrafted = Vector.from(
    graph.drafts.map(
      (needs) => needs.filter((need) => modules.get(need).contract.version === 0).length,
    ),
  );
  const open = [...modules].map((_, node) => {
    const inSet = graph.componentOf[node] !== -1;
    const on = [...(graph.soft[node] ?? []), ...(inSet ? (graph.needs[node] ?? []) : [])];
    return on.filter((each) => !isInside(graph, node, each) && settled[each] !== true).length;
  });
  draft.open = Vector.from(open);
  draft.components = Vector.from(
    graph.components.map((members) => ({
      lacking: members.filter((node) => offerOf(modules.get(node)) === null).length,
      waiting: members.filter((node) => open[node] !== 0).length,
    })),
  );
  draft.unsettled = settled.filter((each) => !each).length;
  draft.sealed = [...modules].filter(isSettled).length;
  draft.abandoned = 0;
  draft.inFlight = restingProviders(draft);
  draft.needPerson = draft.exhausted.length + askingProviders(draft);
  draft.atWork = { planners: 0, builders: 0, reviewers: 0 };
  draft.toGenerate = buildQueue(graph);
  draft.toEvaluate = reviewQueue(graph);
  draft.toCheck = reviewQueue(graph);
  draft.toAmend = RankSet.empty(graph.modules);
  draft.toVerify = RankSet.empty(graph.modules);
  draft.toArbitrate = RankSet.empty(graph.modules);
  draft.toJudge = RankSet.empty(graph.refs.length);
  draft.toClose = leftBehind(draft);
  draft.held = draft.plan.resources.map(() => 0);
  draft.holders = SmallMap.from([]);
  recount(draft);
  draft.overtaken = SmallMap.from([]);
}

/** Tiers and gates that are blocked no longer, though the conflict about it is open. */
function leftBehind({ graph, tiers, gates }: Draft): RankSet {
  let left = RankSet.empty(graph.refs.length);
  [...tiers, ...gates].forEach(({ conflict, life }, place) => {
    if (conflict !== null && life.at !== 'blocked') left = left.add(graph.tierBase + place);
  });
  return left;
}
