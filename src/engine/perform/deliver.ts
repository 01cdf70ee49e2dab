import { relative, sep } from 'node:path';
import type { EffectResult } from '../../core/commands.ts';
import type { Deliver } from '../../core/effects.ts';
import { modulePlan, topologicalModules } from '../../core/graph.ts';
import type { RunState } from '../../core/state.ts';
import type { Unstamped } from '../run-loop.ts';
import { contractFiles } from '../store/contract-tree.ts';
import { deliver as deliverSeals } from '../store/delivery.ts';
import type { DeliveredSeal } from '../store/delivery-record.ts';
import { overlay } from '../store/overlay.ts';
import type { World } from './world.ts';

/** Lays the sealed modules before the user, each with the contract, tests and stub that it was sealed by. */
export async function deliver(
  world: World,
  { order }: Deliver,
  state: RunState,
): Promise<Unstamped<EffectResult>> {
  const sealedAt = sealTimes(world, state);
  const seals: DeliveredSeal[] = [];
  for (const node of topologicalModules(state.graph)) {
    seals.push(await sealedModule(world, state, node, sealedAt));
  }
  const { run, store } = world;
  const outcome = await deliverSeals(store, { run, at: state.startedAt, base: state.base, seals });
  const from = { type: 'record-delivery', order } as const;
  if (!outcome.ok) {
    const { message, fix } = outcome.failure;
    return { ...from, result: { ok: false, message: `${message} ${fix}` } };
  }
  if (outcome.kind === 'branch') {
    const { kind, name, commit } = outcome;
    return { ...from, result: { ok: true, kind, name, commit } };
  }
  const name = relative(store.workspace, outcome.path).split(sep).join('/');
  return { ...from, result: { ok: true, kind: 'folder', name, commit: null } };
}

async function sealedModule(
  { store }: World,
  state: RunState,
  node: number,
  sealedAt: ReadonlyMap<string, number>,
): Promise<DeliveredSeal> {
  const { id, seal, contract } = state.modules.get(node);
  if (seal === null) throw new Error(`${id} is delivered without a seal`);
  const plan = modulePlan(state.plan, node);
  const files = await contractFiles(store, contract.tree, plan.contract);
  const tree = await store.putTree(overlay([files, await store.listTree(seal.tree)]));
  return {
    module: id,
    title: `${id}: ${firstSentence(plan.purpose)}`,
    summary: `Contract version ${seal.version}, seal ${seal.digest}`,
    tree,
    owns: [...plan.owns, ...plan.contract.tests, ...plan.contract.stub, plan.contract.file],
    at: sealedAt.get(id) ?? state.startedAt,
  };
}

function sealTimes(world: World, state: RunState): Map<string, number> {
  const times = new Map<string, number>();
  for (const event of world.events()) {
    const sealed = event.type === 'module-sealed' || event.type === 'seal-adopted';
    if (sealed) times.set(event.module, Math.max(event.at, state.startedAt));
  }
  return times;
}

/** Enough for the first line of a commit. */
function firstSentence(text: string): string {
  const sentence = text.split(/(?<=[.:;!?])\s/, 1)[0]?.replace(/[.:;]$/, '') ?? text;
  if (sentence.length <= 60) return sentence;
  return `${sentence.slice(0, sentence.lastIndexOf(' ', 59))} …`;
}
