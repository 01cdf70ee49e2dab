import { constants } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { fixText, type MadeEdit } from './fix-text.ts';
import { replaceFile } from '../journal/durable.ts';
import { unreadablePlan, unwritablePlan } from './unreadable.ts';

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
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return { ok: false, ...unreadablePlan(planFile, error as Error) };
  }
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const fixed = fixText(text.slice(mark.length), planFile);
  if (fixed.made.length === 0) return { ok: true, made: [] };
  try {
    await replaceInPlace(path, `${mark}${fixed.text}`);
    return { ok: true, made: fixed.made };
  } catch (error) {
    return { ok: false, ...unwritablePlan(planFile, error as Error) };
  }
}

/**
 * A person's file: whoever reads it sees the old text or the new one, never a part. It keeps its
 * permissions, and a link to it stays one.
 */
async function replaceInPlace(path: string, text: string): Promise<void> {
  const target = await realpath(path);
  // Its folder alone would let a file be replaced that may not be written.
  await access(target, constants.W_OK);
  const { mode } = await stat(target);
  await replaceFile(target, text, mode & 0o777);
}
