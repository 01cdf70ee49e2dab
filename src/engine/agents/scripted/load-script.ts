import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isName } from '../../../core/ids.ts';
import { scriptLimits } from './limits.ts';
import { isNote, loadTurn, type Loaded } from './load-turn.ts';
import type { ScriptProblem } from './problem.ts';
import type { Script } from './script.ts';
import type { Turn } from './turn.ts';

/** The names a script may use; a folder of another name is a slip of its author. */
export interface ScriptNames {
  readonly modules: readonly string[];
  readonly tiers: readonly string[];
  readonly gates: readonly string[];
}

const maxProblems = 100;

/**
 * Reads a whole script, so that a broken one is refused before anything starts. With the plan's
 * names, folders that no agent will ever play are refused too.
 */
export async function loadScript(
  folder: string,
  names?: ScriptNames,
): Promise<Loaded<{ readonly script: Script }>> {
  if ((await lstat(folder).catch(() => null))?.isDirectory() !== true) {
    return { problems: [{ file: '', line: null, message: 'there is no such folder' }] };
  }
  const found: Found = { turns: [], problems: [], beyond: [] };
  for (const entry of await foldersIn(folder, '', found)) {
    if (entry === 'tiers') await findIntegrators(folder, entry, found, names?.tiers);
    else if (entry === 'gates') await findIntegrators(folder, entry, found, names?.gates);
    else if (entry === 'arbiter') await findArbiters(folder, found);
    else if (entry === 'scout') await findScouts(folder, found);
    else if (entry === 'architect') await findArchitects(folder, found);
    else await findModule(folder, entry, found, names?.modules);
  }
  const { problems } = found;
  if (found.turns.length > scriptLimits.turns)
    refuse(found, '', `holds more than ${scriptLimits.turns} turns`);
  const turns = new Map<string, Turn>();
  for (const { name, kind } of found.turns.slice(0, scriptLimits.turns)) {
    const loaded = await loadTurn(folder, name, kind);
    if ('problems' in loaded) problems.push(...loaded.problems);
    else turns.set(name, loaded.turn);
  }
  const parts = new Set<string>();
  for (const turn of turns.values()) {
    if (turn.kind === 'split') for (const { id } of turn.parts) parts.add(id);
  }
  const unknown = found.beyond.filter((module) => !parts.has(module));
  problems.unshift(
    ...unknown.map((module) => ({
      file: module,
      line: null,
      message: `the plan has no module ${module}`,
    })),
  );
  if (problems.length > 0) return { problems: problems.slice(0, maxProblems) };
  return { script: { turns, attempts: attemptsOf(turns) } };
}

interface Found {
  readonly turns: { readonly name: string; readonly kind: Turn['kind'] }[];
  readonly problems: ScriptProblem[];
  /** Modules that the plan does not name: a split may make them. */
  readonly beyond: string[];
}

async function findModule(
  script: string,
  module: string,
  found: Found,
  known: readonly string[] | undefined,
): Promise<void> {
  if (!named(module, module, 'module', found, undefined)) return;
  if (known?.includes(module) === false) found.beyond.push(module);
  const attempts: number[] = [];
  for (const entry of await foldersIn(script, module, found)) {
    const name = `${module}/${entry}`;
    const match = /^(|contract-|review-|split-)([1-9][0-9]{0,3})(-[1-9]|-[b-i])?$/.exec(entry);
    // A contract is asked for more than once under one number; a submission has further reviewers.
    const counts =
      match?.[3] === undefined || further[match[1] as keyof typeof kinds].test(match[3]);
    if (match === null || !counts) {
      const names = '1, 2, …, contract-1, …, review-1, …, and review-1-b, … for further reviewers';
      refuse(found, name, `is not a turn: turns are called ${names}`);
      continue;
    }
    if (match[1] === '') attempts.push(Number(match[2]));
    found.turns.push({ name, kind: kinds[match[1] as keyof typeof kinds] });
  }
  attempts.sort((a, b) => a - b);
  const gap = attempts.findIndex((attempt, index) => attempt !== index + 1);
  if (gap !== -1)
    refuse(found, `${module}/${gap + 1}`, 'is missing: turns are numbered without gaps');
}

const kinds = {
  '': 'builder',
  'contract-': 'contract',
  'review-': 'review',
  'split-': 'split',
} as const;

/** What may follow the number of a turn. */
const further = {
  '': /^$/,
  'contract-': /^-[1-9]$/,
  'review-': /^-[b-i]$/,
  'split-': /^$/,
} as const;

async function findIntegrators(
  script: string,
  group: 'tiers' | 'gates',
  found: Found,
  known: readonly string[] | undefined,
): Promise<void> {
  const what = group === 'tiers' ? 'tier' : 'gate';
  for (const entry of await foldersIn(script, group, found)) {
    const folder = `${group}/${entry}`;
    if (!named(folder, entry, what, found, known)) continue;
    for (const turn of await foldersIn(script, folder, found)) {
      const name = `${folder}/${turn}`;
      if (/^[1-9][0-9]{0,3}$/.test(turn)) found.turns.push({ name, kind: 'integrator' });
      else refuse(found, name, `is not a turn: a ${what}'s turns are called 1, 2, …`);
    }
  }
}

const findArbiters = (script: string, found: Found): Promise<void> =>
  findNumbered(script, 'arbiter', found, "an arbiter's turns are called 1, 2, …", (turn) =>
    isNumber.test(turn) ? 'arbiter' : null,
  );

const findScouts = (script: string, found: Found): Promise<void> =>
  findNumbered(script, 'scout', found, 'scouts are called 1, 2, …', (turn) =>
    isNumber.test(turn) ? 'scout' : null,
  );

const findArchitects = (script: string, found: Found): Promise<void> => {
  const names = "an architect's turns are called precondition-1, …, and 1, 2, …";
  return findNumbered(script, 'architect', found, names, (turn) => {
    if (isNumber.test(turn)) return 'architect';
    return isNumber.test(turn.replace(/^precondition-/, '')) ? 'precondition' : null;
  });
};

const isNumber = /^[1-9][0-9]{0,3}$/;

/** Turns that are of no module; `kindOf` is null for a folder that is not one of them. */
async function findNumbered(
  script: string,
  group: string,
  found: Found,
  names: string,
  kindOf: (turn: string) => Turn['kind'] | null,
): Promise<void> {
  for (const turn of await foldersIn(script, group, found)) {
    const name = `${group}/${turn}`;
    const kind = kindOf(turn);
    if (kind === null) refuse(found, name, `is not a turn: ${names}`);
    else found.turns.push({ name, kind });
  }
}

function named(
  folder: string,
  name: string,
  what: string,
  found: Found,
  known: readonly string[] | undefined,
): boolean {
  if (!isName(name)) refuse(found, folder, `is not the name of a ${what}`);
  else if (known?.includes(name) === false)
    refuse(found, folder, `the plan has no ${what} ${name}`);
  else return true;
  return false;
}

/** By code point, so that two readings find the same problems in the same order. */
async function foldersIn(script: string, folder: string, found: Found): Promise<string[]> {
  const folders: string[] = [];
  for (const entry of await readdir(join(script, folder), { withFileTypes: true })) {
    if (isNote(entry.name)) continue;
    if (entry.isDirectory()) folders.push(entry.name);
    else refuse(found, folder === '' ? entry.name : `${folder}/${entry.name}`, 'is not a folder');
  }
  return folders.sort();
}

function refuse(found: Found, file: string, message: string): void {
  found.problems.push({ file, line: null, message });
}

function attemptsOf(turns: ReadonlyMap<string, Turn>): ReadonlyMap<string, number> {
  const attempts = new Map<string, number>();
  for (const [name, turn] of turns) {
    if (turn.kind !== 'builder') continue;
    const module = name.slice(0, name.indexOf('/'));
    attempts.set(module, (attempts.get(module) ?? 0) + 1);
  }
  return attempts;
}
