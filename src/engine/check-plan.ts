import { told, type Told } from '../core/phrase.ts';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { BaseRecord, SandboxRecord } from '../core/events/run-origin.ts';
import { graphOf, type Graph } from '../core/graph.ts';
import { noTree, type ModuleId, type RunId, type TreeId } from '../core/ids.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { ListedTest } from '../core/verdict.ts';
import type { ModelService } from './agents/model-service.ts';
import { planPriceNotes } from './agents/models/plan-prices.ts';
import { listContract, type ListingRoom } from './contract-listing.ts';
import { openGateRoom } from './gate-room.ts';
import type { Listing } from './gates/listing.ts';
import { exposureNotes } from './exposed-secrets.ts';
import { detectSandbox, chooseSandbox, type SandboxMode } from './gates/sandbox.ts';
import type { PreparedEnvironment } from './perform/world.ts';
import { isRefused, type Diagnostic } from './plan/diagnostic.ts';
import { planWithHistory } from './history.ts';
import { keysOf, type KnownKeys } from './known-keys.ts';
import { estimateNotes } from '../core/projections/estimate-words.ts';
import { checkFiles, vacuousIssue, type PlanFiles, type Vacuity } from './plan/holds.ts';
import { loadPlan, type LoadedPlan } from './plan/load.ts';
import { unreadablePlan } from './plan/unreadable.ts';
import { newRunId } from './run-folder.ts';
import { takeBase } from './store/base.ts';
import { contractTree } from './store/contract-tree.ts';
import { Store } from './store/store.ts';
import { WorkFolders } from './store/work-folder.ts';
import type { Way } from '../core/way.ts';

export interface CheckOptions {
  /** Absolute. */
  readonly workspace: string;
  /** Absolute, or from the workspace. */
  readonly planFile: string;
  readonly base: 'work-tree' | 'HEAD';
  readonly sandbox: SandboxMode;
  readonly signal?: AbortSignal;
  /** Its key is kept out of what checks say; left out: there is none. */
  readonly service?: ModelService;
  readonly onProgress: (says: string) => void;
}

export type CheckedPlan =
  | {
      readonly ok: true;
      readonly diagnostics: readonly Diagnostic[];
      /** null: the plan is refused, and the diagnostics say why. */
      readonly prepared: PreparedRun | null;
      /** What a person should know before starting. */
      readonly notes: readonly string[];
    }
  /** The plan could not even be looked at. */
  | ({ readonly ok: false; readonly code: string } & Told);

/** A fit plan with all that was found out about it: what a run starts from. */
export interface PreparedRun {
  readonly workspace: string;
  readonly planFile: string;
  readonly planText: string;
  readonly plan: Plan;
  /** How it is to be run; left out: in parallel. */
  readonly way?: Way;
  readonly graph: Graph;
  readonly base: BaseRecord;
  readonly sandbox: SandboxRecord;
  readonly environment: PreparedEnvironment;
  /** Of the modules whose contract lies in the base, in plan order. */
  readonly contracts: readonly PreparedContract[];
}

/** A contract that lies in the base. */
export interface PreparedContract {
  readonly module: ModuleId;
  readonly contract: TreeId;
  /** null where the module needs one whose contract is yet to be written: listed in the run. */
  readonly listed: readonly ListedTest[] | null;
}

/** At most this many contracts are tried at once: each takes two runs of its checks. */
const atOnce = 4;

/**
 * Holds a plan against the quality bar, files and all; contracts are tried on their stubs for real.
 * Starts nothing: a refused plan leaves no run behind.
 */
export async function checkPlan(options: CheckOptions): Promise<CheckedPlan> {
  const { workspace, planFile, onProgress } = options;
  const signal = options.signal ?? new AbortController().signal;
  const path = isAbsolute(planFile) ? planFile : join(workspace, planFile);
  const text = await readFile(path, 'utf8').catch((error: unknown) => error as Error);
  if (typeof text !== 'string') return { ok: false, ...unreadablePlan(planFile, text) };
  const loaded = loadPlan(text, planFile);
  const { plan, diagnostics } = loaded;
  if (plan === null || isRefused(diagnostics)) {
    return { ok: true, diagnostics, prepared: null, notes: [] };
  }
  const detected = await detectSandbox();
  const choice = chooseSandbox(options.sandbox, detected);
  if (!choice.ok) return { ok: false, code: choice.code, message: choice.message };

  onProgress('taking the base');
  await using store = await Store.open(workspace);
  const wanted = { commit: options.base, run: null, signal };
  const taken = await takeBase(store, wanted);
  if (!taken.ok) {
    return { ok: false, code: taken.failure.code, ...told(taken.failure.words) };
  }
  const { base } = taken;
  const inFiles = loaded.locate(checkFiles(plan, await planFiles(store, base, plan)));
  const found = [...diagnostics, ...inFiles];
  if (isRefused(found)) return { ok: true, diagnostics: found, prepared: null, notes: [] };

  const sandbox = { mode: options.sandbox, kind: choice.sandbox?.kind ?? 'none' } as const;
  const graph = graphOf(plan);
  const part = { workspace, planFile, planText: text, plan, graph, base, sandbox };
  const keys = keysOf(options.service ?? null);
  const vacuity = await tryContracts(store, part, loaded, keys, signal, onProgress);
  if (!vacuity.ok) return vacuity;
  const all = [...found, ...vacuity.diagnostics];
  const known = await planWithHistory(workspace, plan, null);
  const notes = [
    ...estimateNotes(known),
    ...planPriceNotes(plan),
    ...notesOf(base, choice.sandbox === null && detected.kind === 'none', options.sandbox),
  ];
  if (choice.sandbox === null) notes.push(...exposureNotes(process.env));
  const { environment, contracts } = vacuity;
  const prepared = isRefused(all) ? null : { ...part, environment, contracts };
  return { ok: true, diagnostics: all, prepared, notes };
}

async function planFiles(store: Store, base: BaseRecord, plan: Plan): Promise<PlanFiles> {
  const entries = await store.listTree(base.tree);
  const texts = new Map<string, string>();
  for (const { contract } of plan.modules) {
    const bytes = contract.file === '' ? null : await store.readFile(base.tree, contract.file);
    if (bytes !== null) texts.set(contract.file, bytes.toString('utf8'));
  }
  const paths = entries.map(({ path }) => path);
  return {
    list: () => paths,
    read: (path) => texts.get(path) ?? null,
    submodules: base.submodules,
    lfs: base.lfs,
  };
}

type Part = Omit<PreparedRun, 'environment' | 'contracts'>;

type Tried =
  | {
      readonly ok: true;
      readonly diagnostics: readonly Diagnostic[];
      readonly environment: PreparedEnvironment;
      readonly contracts: readonly PreparedContract[];
    }
  | ({ readonly ok: false; readonly code: string } & Told);

async function tryContracts(
  store: Store,
  { plan, graph, base, sandbox }: Part,
  loaded: LoadedPlan,
  keys: KnownKeys,
  signal: AbortSignal,
  onProgress: (says: string) => void,
): Promise<Tried> {
  const trial: RunId = newRunId(Date.now());
  const folders = await WorkFolders.open(store);
  try {
    const setUp = await openGateRoom({
      store,
      folders,
      run: trial,
      plan,
      base: base.tree,
      mode: sandbox.mode,
      onProgress,
      signal,
      keys,
    });
    if (!setUp.ok) return setUp;
    const { runner, environment } = setUp;
    const trees: TreeId[] = [];
    for (const module of plan.modules) {
      if (module.contract.author === 'planner') {
        trees.push(noTree);
        continue;
      }
      const outcome = await contractTree(store, base.tree, module.contract);
      if (!outcome.ok) {
        const { code, message } = outcome.failure;
        return { ok: false, code, message: `${module.id}: ${message}` };
      }
      trees.push(outcome.contract.tree);
    }
    const room: ListingRoom = { store, runner, sandbox: sandbox.mode, environment };
    const contracts: (PreparedContract | undefined)[] = [];
    const diagnostics: Diagnostic[] = [];
    let done = 0;
    await eachAtOnce(plan.modules.length, atOnce, async (node) => {
      const module = plan.modules[node];
      const contract = trees[node];
      if (module === undefined || contract === undefined || contract === noTree) return;
      if ((graph.drafts[node] ?? []).some((need) => trees[need] === noTree)) {
        contracts[node] = { module: module.id, contract, listed: null };
        return;
      }
      const contractOf = (each: number): TreeId => trees[each] ?? contract;
      const effect = `${trial}/${node}`;
      const subject = { plan, graph, base: base.tree, node, contractOf, effect };
      const listing = await listContract(room, subject, signal);
      done += 1;
      onProgress(`trying contracts on their stubs: ${done} of ${plan.modules.length}`);
      if (listing.ok) contracts[node] = { module: module.id, contract, listed: listing.listed };
      else diagnostics.push(...loaded.locate([vacuousIssue(module, vacuityOf(listing))]));
    });
    const found = contracts.filter((each) => each !== undefined);
    return { ok: true, diagnostics, environment, contracts: found };
  } finally {
    await folders.removeAll(trial);
  }
}

function vacuityOf(refused: Extract<Listing, { ok: false }>): Vacuity {
  if (refused.code === 'vacuous-on-stub') return { kind: 'passes', on: 'stub' };
  if (refused.code === 'vacuous-on-nothing') return { kind: 'passes', on: 'nothing' };
  return { kind: 'does-not-load', says: refused.message };
}

/** Runs `work` for 0 … count-1, at most `limit` at once; the first failure ends it. */
async function eachAtOnce(
  count: number,
  limit: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    try {
      while (next < count && !failed) await work(next++);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const workers = Array.from({ length: Math.min(limit, count) }, worker);
  // Nobody may still be at work when the caller clears up.
  for (const end of await Promise.allSettled(workers)) {
    if (end.status === 'rejected') throw end.reason;
  }
}

function notesOf(base: BaseRecord, unprotected: boolean, mode: SandboxMode): string[] {
  const notes: string[] = [];
  if (base.dirty) {
    const more = base.dirtyCount > base.dirtyPaths.length ? ', …' : '';
    const paths = base.dirtyPaths.slice(0, 5).join(', ');
    notes.push(
      `base: your files as they are, with ${base.dirtyCount} uncommitted changes (${paths}${more})`,
    );
  }
  if (unprotected && mode !== 'off') {
    notes.push('sandbox: none here, so checks can reach the network and your files');
  }
  return notes;
}
