import type { RunEvent } from '../core/events.ts';
import { kindOf, modulePlan, modulesBelow, refOf } from '../core/graph.ts';
import type { NodeRef, RunId, TreeId } from '../core/ids.ts';
import { inEnglish } from '../core/language.ts';
import type { ModuleState } from '../core/module-state.ts';
import type { CheckPlan, ResourceUse } from '../core/plan/plan.ts';
import { nodeName } from '../core/projections/node-words.ts';
import { nodeNamed } from '../core/projections/why.ts';
import { listed } from '../core/projections/words.ts';
import type { RunState } from '../core/state.ts';
import type { CheckResult } from '../core/verdict.ts';
import { evaluationOf, integrationOf } from './composition.ts';
import { openGateRoom } from './gate-room.ts';
import type { KnownKeys } from './known-keys.ts';
import { compositionOf, runComposition, unownedFiles } from './perform/composition-of.ts';
import { listingOfContract, testFilesOf } from './perform/contract-text.ts';
import { runChecks, toResult } from './perform/run-checks.ts';
import type { World } from './perform/world.ts';
import { failed, type Failed } from './person-request.ts';
import { newRunId } from './run-folder.ts';
import { readRun } from './run-record.ts';
import { assemble } from './store/assemble.ts';
import { Store } from './store/store.ts';
import { WorkFolders } from './store/work-folder.ts';

/** Checks of a gate that are to be run once more, without anything coming of it in the run. */
export interface CheckAgain {
  readonly workspace: string;
  /** null: the latest. */
  readonly run: RunId | null;
  /** `lexer`, `module:lexer`, `tier:frontend`, `gate:accept`. */
  readonly node: string;
  /** These alone, by name; null: all of them. */
  readonly only: readonly string[] | null;
  /** They stand in nothing that checks say. */
  readonly keys: KnownKeys;
  readonly onProgress: (says: string) => void;
  /** Ends everything that was started; what was asked for then rejects with its reason. */
  readonly signal: AbortSignal;
}

/** What was put on the bench. */
export type Benched =
  | {
      readonly kind: 'seal' | 'submission';
      readonly tree: TreeId;
      readonly version: number;
      readonly attempt: number;
    }
  /** Seals, composed as their tier or gate composes them. */
  | { readonly kind: 'composition'; readonly tree: TreeId };

export type CheckedAgain =
  | {
      readonly ok: true;
      readonly run: RunId;
      readonly gate: NodeRef;
      readonly against: Benched;
      /** The assembled tree in which the checks ran. */
      readonly subject: TreeId;
      readonly results: readonly CheckResult[];
    }
  | Failed;

/**
 * Runs the checks of a module, a tier or a gate again, on what is sealed or was handed in last and what
 * it stands on now, as its gate runs them: assembled anew, in fresh folders, in the run's sandbox. It
 * is another opinion, not a verdict: the run's journal is only read, and its kept results are neither
 * used nor changed.
 */
export async function checkAgain(asked: CheckAgain): Promise<CheckedAgain> {
  const { workspace, keys, onProgress, signal } = asked;
  const read = await readRun(workspace, asked.run);
  if (!read.ok) return failed(read.code, read.message);
  const { run, state, events, driver } = read.record;
  const node = nodeNamed(state, asked.node);
  if (node === null || kindOf(state.graph, node) === 'stream') {
    return failed(
      'unknown-node',
      `the plan has no module, tier or gate ${asked.node.slice(0, 80)}`,
    );
  }
  const bench = benchOf(state, events, node);
  if ('ok' in bench) return bench;
  const checks = bench.checks.filter(({ name }) => asked.only?.includes(name) ?? true);
  const missing = asked.only?.filter((name) => !checks.some((check) => check.name === name)) ?? [];
  const name = inEnglish(() => nodeName(refOf(state.graph, node)));
  if (missing.length > 0) {
    return failed('unknown-check', `${name} has no check ${missing.slice(0, 6).join(', ')}`);
  }
  if (checks.length === 0) return failed('no-checks', `${name} has no checks`);
  const shared = bench.resources.concat(checks.flatMap(({ resources }) => resources));
  const [held] = shared;
  if (driver !== null && held !== undefined) {
    const message = `${name} is checked with ${held.resource}, which the run may be using now; try again when nobody drives it`;
    return failed('resource-in-use', message);
  }

  // A name of its own: a driver that takes the run over ends what carries the run's.
  const trial = newRunId(Date.now());
  await using store = await Store.open(workspace);
  const folders = await WorkFolders.open(store);
  try {
    const { base, plan, sandbox } = state;
    const { mode } = sandbox;
    const on = {
      store,
      folders,
      run: trial,
      plan,
      base: base.tree,
      mode,
      onProgress,
      signal,
      keys,
    };
    const opened = await openGateRoom({ ...on, apart: true });
    if (!opened.ok) return failed(opened.code, opened.message);
    signal.throwIfAborted();
    const { runner, environment } = opened;
    const room = { run, store, runner, environment, sandbox: mode };
    const { subject, results } = await bench.judge(room, checks, `${trial}/checks`, signal);
    const gate = refOf(state.graph, node);
    const against = bench.against ?? { kind: 'composition', tree: subject };
    return { ok: true, run, gate, against, subject, results };
  } finally {
    await folders.removeAll(trial).catch(() => undefined);
  }
}

type Room = Pick<World, 'run' | 'store' | 'runner' | 'sandbox' | 'environment'>;

interface Bench {
  /** null: what is composed of seals. */
  readonly against: Extract<Benched, { readonly kind: 'seal' | 'submission' }> | null;
  readonly checks: readonly CheckPlan[];
  readonly resources: readonly ResourceUse[];
  readonly judge: (
    room: Room,
    checks: readonly CheckPlan[],
    effect: string,
    signal: AbortSignal,
  ) => Promise<{ readonly subject: TreeId; readonly results: readonly CheckResult[] }>;
}

const benchOf = (state: RunState, events: readonly RunEvent[], node: number): Bench | Failed =>
  kindOf(state.graph, node) === 'module'
    ? moduleBench(state, events, node)
    : compositionBench(state, node);

function moduleBench(state: RunState, events: readonly RunEvent[], node: number): Bench | Failed {
  const module = state.modules.get(node);
  const { id, contract } = module;
  if (contract.listing === null) {
    return failed('no-contract', `the tests of ${id}'s contract are not listed yet`);
  }
  const against = latestOf(module, events);
  if (against === null) return failed('nothing-handed-in', `${id} has not handed anything in yet`);
  const { checks, resources } = modulePlan(state.plan, node);
  return {
    ...{ against, checks, resources },
    judge: async (room, chosen, effect, signal) => {
      const subject = await assemble(room.store, evaluationOf(state, node, against.tree));
      const testFiles = await testFilesOf(room.store, contract.tree);
      const expected = await listingOfContract(room, contract);
      const on = { tree: subject, checks: chosen, resources, testFiles, expected, effect };
      return { subject, results: (await runChecks(room, on, signal)).map(toResult) };
    },
  };
}

/** Its seal, or what it handed in last; null where there is neither. */
function latestOf(
  { id, seal }: ModuleState,
  events: readonly RunEvent[],
): Extract<Benched, { readonly kind: 'seal' | 'submission' }> | null {
  if (seal !== null) {
    const { tree, version, attempt } = seal;
    return { kind: 'seal', tree, version, attempt };
  }
  const last = events.findLast(
    (event) => event.type === 'submission-received' && event.module === id,
  );
  if (last?.type !== 'submission-received') return null;
  const { tree, version, attempt } = last;
  return { kind: 'submission', tree, version, attempt };
}

function compositionBench(state: RunState, node: number): Bench | Failed {
  const unsealed = modulesBelow(state.graph, node)
    .map((each) => state.modules.get(each))
    .filter(({ seal }) => seal === null)
    .map(({ id }) => id);
  if (unsealed.length > 0) {
    const name = inEnglish(() => nodeName(refOf(state.graph, node)));
    const names = inEnglish(() => listed(unsealed, 6));
    const have = unsealed.length === 1 ? 'has' : 'have';
    return failed('not-sealed', `${name} is composed of seals; ${names} ${have} none`);
  }
  const { modules, checks, resources, keeps } = compositionOf(state, node);
  return {
    ...{ against: null, checks, resources },
    judge: async (room, chosen, effect, signal) => {
      const kept = keeps?.contract ?? null;
      const subject = await assemble(room.store, integrationOf(state, modules, kept));
      const unowned = await unownedFiles(room.store, state);
      const on = { tree: subject, checks: chosen, resources, keeps, effect };
      const runs = await runComposition(room, on, unowned, signal);
      return { subject, results: runs.map(toResult) };
    },
  };
}
