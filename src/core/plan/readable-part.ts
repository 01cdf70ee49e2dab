import type * as z from 'zod';
import { isRecord } from '../is-record.ts';
import type { IssuePath } from './issue.ts';
import { planFile, type PlanFile } from './schema.ts';

type ZodIssue = z.core.$ZodIssue;
type Step = string | number;

/** What of a file can be read, though something in it cannot. */
export interface ReadablePart {
  readonly file: PlanFile;
  /** What was left out, by the paths of the file; none where that was unknown keys alone. */
  readonly damaged: readonly IssuePath[];
  /** Where in the file something stands that stands at a path of the part: lists may be shorter. */
  readonly inFile: (path: IssuePath) => IssuePath;
}

/** Each round takes out what the one before has made unreadable: a key, what must have it, what holds that. */
const maxRounds = 6;
/** A file with more faults than these is something else than a plan. */
const maxDamaged = 200;

/** null where nothing of it is left to speak of. `issues`: what the schema finds wrong with all of it. */
export function readablePart(
  data: Record<string, unknown>,
  issues: readonly ZodIssue[],
): ReadablePart | null {
  const cuts: Cut = { below: new Map(), isOut: false };
  const damaged: IssuePath[] = [];
  let found = issues;
  let inFile = (path: IssuePath): IssuePath => path;
  for (let round = 0; round < maxRounds; round += 1) {
    let isNew = false;
    for (const each of found) {
      const at = inFile(each.path as Step[]);
      if (at[0] === 'ashlar') return null;
      if (each.code === 'unrecognized_keys') {
        for (const key of each.keys) isNew = cutOut(cuts, [...at, key]) || isNew;
        continue;
      }
      // What is missing cannot be left out; what must have it can.
      const out =
        each.code !== 'invalid_key' && valueAt(data, at) === undefined ? at.slice(0, -1) : at;
      const parent = wasCut(cuts, out) ? out.slice(0, -1) : out;
      if (parent.length === 0) return null;
      isNew = cutOut(cuts, parent) || isNew;
      damaged.push(parent);
    }
    if (!isNew || damaged.length > maxDamaged) return null;
    const kept = new Map<string, readonly number[]>();
    const part = without(data, cuts, [], kept);
    inFile = (path) => original(path, kept);
    const parsed = planFile.safeParse(part, { reportInput: false });
    if (parsed.success) return { file: parsed.data, damaged, inFile };
    found = parsed.error.issues;
  }
  return null;
}

/** What is left out of a tree, and what below it. */
interface Cut {
  readonly below: Map<Step, Cut>;
  isOut: boolean;
}

/** False where it was out already. */
function cutOut(cuts: Cut, path: IssuePath): boolean {
  let at = cuts;
  for (const step of path) {
    const next = at.below.get(step) ?? { below: new Map<Step, Cut>(), isOut: false };
    at.below.set(step, next);
    at = next;
  }
  const isNew = !at.isOut;
  at.isOut = true;
  return isNew;
}

function wasCut(cuts: Cut, path: IssuePath): boolean {
  let at: Cut | undefined = cuts;
  for (const step of path) at = at?.below.get(step);
  return at?.isOut === true;
}

/** A copy of what was changed, and nothing else; lists close up, and `kept` says by which of their entries. */
function without(
  value: unknown,
  cuts: Cut,
  path: IssuePath,
  kept: Map<string, readonly number[]>,
): unknown {
  if (Array.isArray(value)) {
    const entries = value.map((each: unknown, index) => ({
      each,
      index,
      cut: cuts.below.get(index),
    }));
    const left = entries.filter(({ cut }) => cut?.isOut !== true);
    kept.set(
      JSON.stringify(path),
      left.map(({ index }) => index),
    );
    return left.map(({ each, index, cut }) =>
      cut === undefined ? each : without(each, cut, [...path, index], kept),
    );
  }
  if (!isRecord(value)) return value;
  const copy = { ...value };
  for (const [step, cut] of cuts.below) {
    const key = String(step);
    if (!Object.hasOwn(copy, key)) continue;
    const stand = cut.isOut ? standIn(path, key) : without(copy[key], cut, [...path, key], kept);
    if (stand === undefined) Reflect.deleteProperty(copy, key);
    else copy[key] = stand;
  }
  return copy;
}

/** Something has the name, though nothing else of it can be read: whoever refers to it is not at fault. */
function standIn(path: IssuePath, name: string): unknown {
  const [section, ...inner] = path;
  if (inner.length > 0 || !/^[a-z][a-z0-9-]{0,39}$/.test(name)) return undefined;
  return standIns.get(section);
}

const standIns: ReadonlyMap<Step | undefined, unknown> = new Map<Step, unknown>([
  ['modules', {}],
  ['tiers', {}],
  ['streams', {}],
  ['gates', { kind: 'approval', requires: ['module:unreadable'] }],
  ['resources', 1_000_000],
]);

function original(path: IssuePath, kept: ReadonlyMap<string, readonly number[]>): IssuePath {
  const at: Step[] = [];
  for (const step of path) {
    const entries = kept.size === 0 ? undefined : kept.get(JSON.stringify(at));
    at.push(typeof step === 'number' ? (entries?.[step] ?? step) : step);
  }
  return at;
}

/** What stands at a path of a file; undefined where nothing does. */
export function valueAt(data: unknown, path: IssuePath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<Step, unknown>)[step]
        : undefined,
    data,
  );
}
