import type {
  RecordHandoff,
  RecordReceipt,
  RecordRequest,
} from '../../src/core/commands/handoff-result.ts';
import type { Generate } from '../../src/core/effects.ts';
import { handoffLimits } from '../../src/core/handoff.ts';
import type { ModuleId } from '../../src/core/ids.ts';
import { moduleNode } from '../../src/core/lookup.ts';
import type { HandoffPlan, ModulePlan } from '../../src/core/plan/plan.ts';
import type { RunState } from '../../src/core/state.ts';
import type { Unstamped } from '../../src/engine/run-loop.ts';
import type { Random } from './random.ts';
import type { Truth } from './truth.ts';

/** Few words, so that what is asked for and what is given meet. */
const words = ['token kinds', 'grammar', 'opcodes', 'examples', 'error texts'] as const;

/** Handoffs that a plan foresees, between any two modules. */
export function randomHandoffs(random: Random, modules: readonly ModulePlan[]): HandoffPlan[] {
  if (modules.length < 2 || random.chance(0.4)) return [];
  return Array.from({ length: random.between(1, 6) }, () => {
    const [from, to] = [random.pick(modules).id, random.pick(modules).id];
    return { from, to, items: items(random) };
  }).filter(({ from, to }) => from !== to);
}

type Said = Unstamped<RecordHandoff | RecordRequest | RecordReceipt>;

/**
 * What a builder may say of handoffs while it works: useful, idle, or wrong. It says it to whom it
 * likes, also to modules that are not there, and of handoffs that are none of its business.
 */
export function speaks(
  random: Random,
  truth: Truth,
  { order, module }: Pick<Generate, 'order' | 'module'>,
  state: RunState,
): Said {
  const from = { order, module } as const;
  const what = random.weighed({ gives: 4, asks: 4, takes: 3 });
  const other = random.chance(0.03) ? ('nobody' as ModuleId) : random.pick(state.plan.modules).id;
  if (what === 'gives') {
    const tree = random.chance(0.5) ? truth.submit(state.base.tree, 0) : null;
    const to = random.chance(0.4) ? null : other;
    const partial = random.chance(0.6);
    const note = random.chance(0.02) ? 'Look here. '.repeat(300) : 'Look here.';
    return { type: 'record-handoff', ...from, to, items: items(random), partial, note, tree };
  }
  if (what === 'asks')
    return { type: 'record-request', ...from, from: other, items: items(random) };
  const { comes, awaits } = state.exchanges.get(moduleNode(state, module));
  const places = random.chance(0.05) ? [0] : [...comes, ...awaits];
  const place = places.length === 0 ? -1 : random.pick(places);
  const known = place >= 0 && place < state.handoffs.length;
  const handoff = known ? state.handoffs.get(place).id : 0;
  const waitedMs = random.chance(0.5) ? 0 : random.between(1, 600_000);
  return { type: 'record-receipt', ...from, handoff, waitedMs };
}

function items(random: Random): string[] {
  if (random.chance(0.02)) return [];
  if (random.chance(0.02)) return ['x'.repeat(handoffLimits.itemChars + 1)];
  const count = random.between(1, 3);
  return [...new Set(Array.from({ length: count }, () => random.pick(words)))];
}
