import { readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { fixText, type MadeEdit } from './fix-text.ts';
import { unreadablePlan } from './unreadable.ts';

export interface FixOptions {
  /** Absolute. */
  readonly workspace: string;
  /** Absolute, or from the workspace. */
  readonly planFile: string;
}

export type FixedPlan =
  | { readonly ok: true; readonly made: readonly MadeEdit[] }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Writes into a plan file what is advised of it; a file of which nothing is stays untouched. */
export async function fixPlan({ workspace, planFile }: FixOptions): Promise<FixedPlan> {
  const path = isAbsolute(planFile) ? planFile : join(workspace, planFile);
  try {
    const text = await readFile(path, 'utf8');
    const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    const fixed = fixText(text.slice(mark.length), planFile);
    if (fixed.made.length > 0) await writeFile(path, `${mark}${fixed.text}`);
    return { ok: true, made: fixed.made };
  } catch (error) {
    return { ok: false, ...unreadablePlan(planFile, error as Error) };
  }
}
