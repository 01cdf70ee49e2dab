import { phrase, told, type Told } from '../core/phrase.ts';
import { rm } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import type { FirstContract, StartRun } from '../core/commands/driver.ts';
import { fold } from '../core/evolve.ts';
import type { RunEvent } from '../core/events.ts';
import { modulePlan } from '../core/graph.ts';
import { noTree, type RunId } from '../core/ids.ts';
import { isOver, type RunState } from '../core/state.ts';
import { inputDigests, takeOffers } from './adoption.ts';
import { takeContracts } from './contract-adoption.ts';
import type { PreparedRun } from './check-plan.ts';
import { agentsClock } from './agents-clock.ts';
import { systemClock } from './clock.ts';
import { openGateRoom } from './gate-room.ts';
import { reapEffects } from './gates/effect-processes.ts';
import { AsyncDisposableStack } from './disposable-stack.ts';
import { acquire } from './journal/acquire-lock.ts';
import { agentExposureNotes, exposureNotes } from './exposed-secrets.ts';
import { planWithHistory } from './history.ts';
import type { ModelOptions } from './agents/model-service.ts';
import { keepAddress, keptService } from './kept-address.ts';
import { keysOf } from './known-keys.ts';
import { paysWithKey } from './open-models.ts';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { waitingCommands } from './journal/inbox-folder.ts';
import { readJournalFile } from './journal/journal-file.ts';
import { createJournal, openJournal } from './journal/open-journal.ts';
import { keepContract } from './perform/amend.ts';
import { openProviders, switchedTo, withAgents } from './providers.ts';
import { listRuns, makeRunFolder, runFolder, writeText } from './run-folder.ts';
import type { Unstamped } from './run-loop.ts';
import { RunSession, scriptBeside, type SessionOptions } from './run-session.ts';
import {
  modelsFrom,
  readSettings,
  unknownSettings,
  writeSettings,
  type SessionSettings,
} from './session-settings.ts';
import { secretsOf } from './transcripts/secrets.ts';
import { storeAnchor } from './head-anchor.ts';
import { runRef } from './store/ref-name.ts';
import { Store } from './store/store.ts';
import { WorkFolders } from './store/work-folder.ts';
import { planFor } from '../core/way.ts';

export type Opened =
  | { readonly ok: true; readonly session: RunSession }
  | ({ readonly ok: false; readonly code: string } & Told);

/** Starts a run of a plan that was found fit. The session drives it at once, and it can be read. */
export async function startRun(prepared: PreparedRun, options: SessionOptions): Promise<Opened> {
  const { workspace, planFile } = prepared;
  // The run's own plan says whose agents they are: from there on whoever reads it, and may change it.
  const planned = await planWithHistory(workspace, prepared.plan, options.agents);
  const plan = withAgents(planFor(prepared.way ?? 'parallel', planned), options.agents);
  const { clock, notes } = agentsClock(plan, options.speed);
  const script = scriptOf(workspace, options.script) ?? scriptBeside(workspace, planFile);
  const { models } = options;
  const opened = await openProviders(plan, { workspace, script, clock, models });
  if (!opened.ok) return opened;
  for (const note of [...notes, ...opened.notes]) options.onNote(note);
  // What its own environment exposes was said where the plan was checked.
  const isApart = prepared.sandbox.kind !== 'none';
  for (const note of isApart ? [] : agentExposureNotes(plan)) options.onNote(note);
  const run = await makeRunFolder(workspace, clock.now());
  const folder = runFolder(workspace, run);
  await using opening = new AsyncDisposableStack();
  // A run that does not come to begin leaves no folder behind.
  const remove = () => rm(folder, { recursive: true, force: true });
  opening.use({ [Symbol.asyncDispose]: remove });
  const held = await acquire(folder, { clock: systemClock() });
  if (!held.ok) return held;
  const lock = opening.use(held.lock);
  const store = opening.use(await Store.open(workspace));
  const room = await openRoom(store, run, prepared, options);
  if (!room.ok) return room;

  await writeText(folder, 'plan.yaml', prepared.planText);
  const address = keepAddress(models?.service ?? null, run, paysWithKey(plan));
  const chosen = models?.choice ?? {};
  const { withoutInsights = false } = options;
  const settings = { planFile, script, agents: null, models: chosen, address };
  await writeSettings(folder, { ...settings, insights: !withoutInsights });
  const command = await firstCommand(store, run, { ...prepared, plan });
  const journal = await createJournal<RunEvent>(folder, sha256(canonicalJson(plan)), {
    fence: lock,
  });
  const { providers } = opened;
  const secrets = secretsOf(process.env, plan, keysOf(models?.service ?? null));
  const its = { run, runFolder: folder, store, providers, secrets, clock, withoutInsights };
  const world = { ...room.parts, ...its };
  const unread = { events: [], state: null, answered: new Map(), agents: null };
  const parts = { world, store, lock, journal, ...unread };
  const session = new RunSession(parts, options);
  opening.move();
  session.start(command);
  await session.begun;
  return { ok: true, session };
}

/** Keeps what the run starts from by refs of its own, and takes over what earlier runs sealed. */
async function firstCommand(
  store: Store,
  run: RunId,
  prepared: PreparedRun,
): Promise<Unstamped<StartRun>> {
  const { plan, graph, base, sandbox, environment, way = 'parallel' } = prepared;
  await store.setRefs([
    { ref: runRef(run, 'base'), oid: base.commit },
    { ref: runRef(run, 'base-changes'), oid: base.changes },
  ]);
  const contracts: FirstContract[] = [];
  for (const { module, contract, listed } of prepared.contracts) {
    await keepContract(store, run, module, contract);
    const listing = listed === null ? null : (await store.putJson(run, listed)).digest;
    contracts.push({ module, contract, listing, tests: listed?.length ?? 0 });
  }
  const on = { plan, graph, base: base.tree, environment: environment.digest };
  contracts.push(...(await takeContracts(store, run, { ...on, sandbox: sandbox.kind })));
  const trees = new Map(contracts.map(({ module, contract }) => [module, contract]));
  const contractOf = (node: number) => trees.get(modulePlan(plan, node).id) ?? noTree;
  const input = { ...on, contractOf };
  const digests = await inputDigests(store, { ...input, sandbox: sandbox.kind });
  const adoptable = await takeOffers(store, run, input, digests);
  return { type: 'start-run', run, plan, base, sandbox, way, contracts, adoptable };
}

/** Goes on with a run after a kill, a stop or a wait; null: the latest that is not over. */
export async function resumeRun(
  workspace: string,
  wanted: RunId | null,
  options: SessionOptions,
): Promise<Opened> {
  const run = wanted ?? (await latestOpenRun(workspace));
  if (run === null) {
    return { ok: false, code: 'no-open-run', ...told(phrase('there is no run to go on with')) };
  }
  const folder = runFolder(workspace, run);
  await using opening = new AsyncDisposableStack();
  const { goneHost, goneHold } = options;
  const held = await acquire(folder, { clock: systemClock(), goneHost, goneHold });
  if (!held.ok) return held;
  const lock = opening.use(held.lock);
  const store = opening.use(await Store.open(workspace));
  const anchor = await storeAnchor(store, run).read();
  const journalOpened = await openJournal<RunEvent>(folder, { fence: lock, anchor });
  if (!journalOpened.ok) return journalOpened;
  const { read } = journalOpened;
  const journal = opening.use(journalOpened.journal);
  const state = fold(null, read.events);
  if (state === null || (isOver(state) && (await waitingCommands(folder)) === 0)) {
    const says =
      state === null ? phrase('run {0} never began', run) : phrase('run {0} is over', run);
    return { ok: false, code: 'run-over', ...told(says) };
  }
  if (read.dropped !== null) {
    options.onNote('the last decision was cut off by the kill and is made again');
  }
  await reapEffects((effect) => effect.startsWith(`${run}/`));

  const settings = await readSettings(folder);
  const script =
    scriptOf(workspace, options.script) ??
    settings?.script ??
    scriptBeside(workspace, settings?.planFile ?? '');
  // Runs of before recorded them beside the plan.
  const agents = options.agents ?? settings?.agents ?? null;
  const models = modelsFrom(givenAt(options.models, settings, run), settings, read.events);
  const plan = switchedTo(state.plan, agents);
  const { clock, notes } = agentsClock(plan, options.speed);
  const opened = await openProviders(plan, { workspace, script, clock, models });
  if (!opened.ok) return opened;
  for (const note of [...notes, ...opened.notes]) options.onNote(note);
  const exposed = [...exposureNotes(process.env), ...agentExposureNotes(plan)];
  for (const note of state.sandbox.kind === 'none' ? exposed : []) options.onNote(note);
  const pays = paysWithKey(plan);
  const at = models?.service.baseURL ?? null;
  if (pays && at !== null) options.onNote(`models are asked at ${at}`);
  const withoutInsights = options.withoutInsights === true || settings?.insights === false;
  // What a run is to keep to is kept also where its settings were lost.
  const kept = settings ?? (withoutInsights ? unknownSettings : null);
  if (kept !== null) {
    const named = keepAddress(options.models?.service ?? null, run, pays);
    const address = named ?? kept.address;
    if (kept.agents !== null || named !== null || kept.insights === withoutInsights)
      await writeSettings(folder, {
        ...{ ...kept, agents: null, address },
        insights: !withoutInsights,
      });
  }
  const room = await openRoom(store, run, state, { ...options, models });
  if (!room.ok) return room;
  const { providers } = opened;
  const secrets = secretsOf(process.env, state.plan, keysOf(models?.service ?? null));
  const its = { run, runFolder: folder, store, providers, secrets, clock, withoutInsights };
  const world = { ...room.parts, ...its };
  const events = [...read.events];
  const readBack = { events, state, answered: read.commands, agents };
  const parts = { world, store, lock, journal, ...readBack };
  const session = new RunSession(parts, options);
  opening.move();
  session.start(null);
  return { ok: true, session };
}

/** Where models were asked before, unless it is said anew. */
const givenAt = (
  models: ModelOptions | null,
  settings: SessionSettings | null,
  run: RunId,
): ModelOptions | null =>
  models === null
    ? null
    : { ...models, service: keptService(models.service, settings?.address ?? null, run) };

const scriptOf = (workspace: string, script: string | null): string | null =>
  script === null || isAbsolute(script) ? script : resolve(workspace, script);

/** Work folders that an earlier driver left are removed: nobody works in them any more. */
async function openRoom(
  store: Store,
  run: RunId,
  { plan, base, sandbox }: Pick<RunState, 'plan' | 'base' | 'sandbox'>,
  { onNote, models, signal = new AbortController().signal }: SessionOptions,
) {
  const keys = keysOf(models?.service ?? null);
  const folders = await WorkFolders.open(store);
  await folders.removeAll(run);
  const { mode } = sandbox;
  const on = { store, folders, run, plan, base: base.tree, mode, onProgress: onNote, signal, keys };
  const room = await openGateRoom(on);
  if (!room.ok) return room;
  const { runner, environment } = room;
  return { ok: true, parts: { folders, runner, environment, sandbox: mode } } as const;
}

/** The latest run that is not over, or was asked to go on. */
async function latestOpenRun(workspace: string): Promise<RunId | null> {
  for (const run of (await listRuns(workspace)).reverse()) {
    const read = await readJournalFile<RunEvent>(runFolder(workspace, run));
    const state = read === null || read.problems.length > 0 ? null : fold(null, read.events);
    if (state === null) continue;
    if (!isOver(state)) return run;
    if ((await waitingCommands(runFolder(workspace, run))) > 0) return run;
  }
  return null;
}
