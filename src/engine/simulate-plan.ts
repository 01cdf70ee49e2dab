import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Plan } from '../core/plan/plan.ts';
import { simulate, type Simulation } from '../core/schedule/simulate.ts';
import { planWithHistory } from './history.ts';
import { isUnsound, type Diagnostic } from './plan/diagnostic.ts';
import { loadPlan } from './plan/load.ts';
import { unreadablePlan } from './plan/unreadable.ts';

export interface PreviewOptions {
  /** Absolute. */
  readonly workspace: string;
  /** Absolute, or from the workspace. */
  readonly planFile: string;
  /** Builders' places instead of the plan's; null for those. */
  readonly builders: number | null;
}

/** A plan in virtual time, or why there is none. */
export type PreviewedPlan =
  | {
      readonly ok: true;
      readonly diagnostics: readonly Diagnostic[];
      /** null: nothing can be scheduled, and the diagnostics say why. */
      readonly preview: Preview | null;
    }
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface Preview {
  readonly plan: Plan;
  readonly simulation: Simulation;
}

/** The same plan gives the same preview, wherever it is made, unless a machine is very slow. */
const seed = 1;
const tasksPlaced = 100_000;
const maxTried = 1_000;
const longestMs = 2_000;

/**
 * Reads a plan file and simulates it by what earlier runs took, and where there are none, by its
 * estimates. Runs nothing, and looks at none of the files that the plan names.
 */
export async function previewPlan(options: PreviewOptions): Promise<PreviewedPlan> {
  const { workspace, planFile, builders } = options;
  const path = isAbsolute(planFile) ? planFile : join(workspace, planFile);
  const text = await readFile(path, 'utf8').catch((error: unknown) => error as Error);
  if (typeof text !== 'string') return { ok: false, ...unreadablePlan(planFile, text) };
  const { plan, diagnostics } = loadPlan(text, planFile);
  if (plan === null || isUnsound(diagnostics)) return { ok: true, diagnostics, preview: null };
  const known = await planWithHistory(workspace, plan, null);
  return { ok: true, diagnostics, preview: previewOf(known, builders) };
}

function previewOf(plan: Plan, builders: number | null): Preview {
  const most = Math.min(maxTried, Math.ceil(tasksPlaced / Math.max(1, plan.modules.length)));
  const until = performance.now() + longestMs;
  const mayGoOn = (tried: number): boolean => tried < most && performance.now() < until;
  return { plan, simulation: simulate(plan, { builders, seed, mayGoOn }) };
}
