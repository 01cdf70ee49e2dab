import { modulePlan } from '../graph.ts';
import { moduleId, type ModuleId } from '../ids.ts';
import type { RunState } from '../state.ts';
import type { Evidence } from '../verdict.ts';
import type { Account } from './account-shape.ts';
import { evidencePlace } from './evidence-words.ts';
import { oneLine } from './safe-text.ts';
import { counted, listed } from './words.ts';

/** A text that should read otherwise next time, and why; derived from what the journal shows alone. */
export interface PromptDelta {
  /** The file or field to change. */
  readonly where: string;
  readonly change: string;
  readonly because: string;
}

const mostDeltas = 60;

/** What to change in contracts and plan before the next run, the contracts first. */
export function promptDeltas(account: Account, state: RunState): PromptDelta[] {
  const all = [
    ...fromVerdicts(account, state),
    ...fromSeams(account, state),
    ...fromAmendments(account, state),
    ...fromEnds(account),
    ...fromBudgets(account, state),
  ];
  return all.slice(0, mostDeltas);
}

/** One for each thing that was not kept, however many attempts it took. */
function fromVerdicts({ caughtByEvaluators }: Account, state: RunState): PromptDelta[] {
  const byThing = new Map<string, { delta: PromptDelta; attempts: Set<number> }>();
  for (const { module, attempt, verdict, summary, evidence } of caughtByEvaluators) {
    const pieces = evidence.length > 0 ? evidence : [null];
    for (const piece of pieces) {
      const thing = `${module} ${piece === null ? verdict : thingOf(piece)}`;
      const known = byThing.get(thing);
      if (known === undefined) {
        const delta = ofPiece(module, state, piece, summary);
        byThing.set(thing, { delta, attempts: new Set([attempt]) });
      } else known.attempts.add(attempt);
    }
  }
  return [...byThing.values()].map(({ delta, attempts }) => ({
    ...delta,
    because: `${delta.because} (${attempts.size === 1 ? 'attempt' : 'attempts'} ${listed([...attempts].map(String), 5)})`,
  }));
}

const thingOf = ({ kind, check, test, file }: Evidence): string =>
  [kind, check, test, file].map(String).join(' ');

function ofPiece(
  module: ModuleId,
  state: RunState,
  piece: Evidence | null,
  summary: string,
): PromptDelta {
  const where = contractOf(state, module);
  const says = oneLine(piece === null ? summary : piece.says, 240);
  switch (piece?.kind) {
    case 'scope': {
      const node = state.graph.moduleIndex.get(module) ?? 0;
      const owned = listed(modulePlan(state.plan, node).owns, 5);
      const change = `say that nothing but ${owned} may be changed`;
      return { where, change, because: says };
    }
    case 'limit':
      return { where, change: 'name the limits that its checks keep', because: says };
    case 'report':
      return { where, change: 'say that all of its tests must run, unchanged', because: says };
    case 'feedback':
      return { where, change: 'state what the other side of the pair found', because: says };
    case 'conflict':
      return { where, change: 'settle in words what was in dispute', because: says };
    case 'review':
    case undefined:
      return { where, change: 'state what the reviewer missed', because: says };
    case 'check':
    case 'test': {
      const place = evidencePlace(piece);
      const change = `state in words, with an example, what ${place || 'its tests'} asks for`;
      return { where, change, because: says };
    }
  }
}

function fromSeams({ caughtByIntegration }: Account, state: RunState): PromptDelta[] {
  return caughtByIntegration.map(({ check, between, reason, evidence }) => {
    const contracts = between.map((module) => contractOf(state, module));
    const proof = oneLine(evidence[0]?.says ?? '', 200);
    return {
      where: listed(contracts, 5),
      change: `say the same on both sides of what ${oneLine(check, 60)} checks, and test it there`,
      because: oneLine(`${reason} ${proof}`, 300),
    };
  });
}

function fromAmendments({ amendments }: Account, state: RunState): PromptDelta[] {
  const latest = new Map(amendments.map((each) => [each.module, each]));
  return [...latest.values()].map(({ module, version, reason }) => ({
    where: contractOf(state, module),
    change: `begin with what version ${version} says`,
    because: oneLine(reason, 300),
  }));
}

function fromEnds({ attempts: { abandoned } }: Account): PromptDelta[] {
  const { stalled = 0, exhausted = 0, refused = 0 } = abandoned;
  const deltas: PromptDelta[] = [];
  if (stalled > 0) {
    const change = 'ask for a word of progress after each step, or raise it';
    const because = `${counted(stalled, 'attempt')} ended without progress`;
    deltas.push({ where: 'stallMinutes', change, because });
  }
  if (exhausted > 0) {
    const change = 'raise what modules may use, or split the large ones';
    const because = `${counted(exhausted, 'attempt')} used the budget up`;
    deltas.push({ where: 'budget of modules', change, because });
  }
  if (refused > 0) {
    const change = 'say why the work is wanted, and leave out what agents will not do';
    const because = `${counted(refused, 'attempt')} refused by the agent`;
    deltas.push({ where: 'purpose of modules', change, because });
  }
  return deltas;
}

/** A module that used its attempts up says too little, or is too large. */
function fromBudgets({ caughtByEvaluators }: Account, state: RunState): PromptDelta[] {
  const failed = new Map<ModuleId, number>();
  for (const { module } of caughtByEvaluators) failed.set(module, (failed.get(module) ?? 0) + 1);
  return [...failed].flatMap(([module, times]) => {
    if (times < 3) return [];
    const change = `split it: ${times} submissions did not pass`;
    const because = oneLine(modulePlan(state.plan, nodeOf(state, module)).purpose, 200);
    return [{ where: `modules.${moduleId(module)}`, change, because }];
  });
}

const nodeOf = ({ graph }: RunState, module: ModuleId): number =>
  graph.moduleIndex.get(module) ?? 0;

const contractOf = (state: RunState, module: ModuleId): string =>
  modulePlan(state.plan, nodeOf(state, module)).contract.file || `the contract of ${module}`;
