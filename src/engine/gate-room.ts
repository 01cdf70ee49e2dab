import { join } from 'node:path';
import type { RunId, TreeId } from '../core/ids.ts';
import type { Plan } from '../core/plan/plan.ts';
import { GateCache } from './gates/cache.ts';
import { CachedCheckRunner } from './gates/cached-check-runner.ts';
import type { CheckRunner } from './gates/check-request.ts';
import { RealCheckRunner } from './gates/check-runner.ts';
import { FreshFolderRunner } from './gates/fresh-folder-runner.ts';
import type { SandboxMode } from './gates/sandbox.ts';
import { TurnTakingRunner } from './gates/turn-taking-runner.ts';
import { prepareEnvironment } from './environment.ts';
import type { KnownKeys } from './known-keys.ts';
import type { PreparedEnvironment } from './perform/world.ts';
import { secretsOf } from './transcripts/secrets.ts';
import { ashlarFolder } from './store/store-folder.ts';
import type { Store } from './store/store.ts';
import type { WorkFolders } from './store/work-folder.ts';

export interface GateRoomOptions {
  readonly store: Store;
  readonly folders: WorkFolders;
  readonly run: RunId;
  readonly plan: Plan;
  readonly base: TreeId;
  readonly mode: SandboxMode;
  readonly onProgress: (says: string) => void;
  readonly signal: AbortSignal;
  /** They stand in no environment, and in nothing that checks say. */
  readonly keys: KnownKeys;
  /** Nothing is looked up among the results that are kept, and none is kept. */
  readonly apart?: boolean;
}

export type GateRoom =
  | { readonly ok: true; readonly runner: CheckRunner; readonly environment: PreparedEnvironment }
  | { readonly ok: false; readonly code: string; readonly message: string };

/**
 * What checks run in: the plan's environment set up, results cached, turns taken where they use the
 * same resources, a fresh folder for each.
 */
export async function openGateRoom(options: GateRoomOptions): Promise<GateRoom> {
  const { store, folders, run, plan, keys } = options;
  const secrets = secretsOf(process.env, plan, keys);
  const environment = await prepareEnvironment(options, secrets);
  if (!environment.ok) return environment;
  const fresh = new FreshFolderRunner(new RealCheckRunner({ secrets }), folders, run);
  const inner = new TurnTakingRunner(fresh, plan.resources);
  if (options.apart === true) return { ok: true, runner: inner, environment: environment.prepared };
  const cache = new GateCache(join(store.workspace, ashlarFolder, 'cache', 'gates'));
  const runner = new CachedCheckRunner({ runner: inner, cache });
  return { ok: true, runner, environment: environment.prepared };
}
