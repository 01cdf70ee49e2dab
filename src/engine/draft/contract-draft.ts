import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { modulePlan } from '../../core/graph.ts';
import type { ModuleId, TreeId } from '../../core/ids.ts';
import { inEnglish } from '../../core/language.ts';
import { moduleNode, moduleState } from '../../core/lookup.ts';
import { unsafePath } from '../../core/paths.ts';
import type { ContractPlan } from '../../core/plan/plan.ts';
import { counted, listed } from '../../core/projections/words.ts';
import type { RunState } from '../../core/state.ts';
import { contractNow } from '../contract-now.ts';
import { amendContract, type ChangedFile } from '../store/amend-contract.ts';
import { contractFiles, pathsInContract } from '../store/contract-tree.ts';
import { readFound, walkFolder } from '../store/folder-walk.ts';
import { lstatOrNull, requireNoLink } from '../store/remove-folder.ts';
import { objectId } from '../store/object-id.ts';
import { showPath } from '../store/scope-evidence.ts';
import type { Store } from '../store/store.ts';
import { treeDiff, type FileDiff } from '../store/tree-diff.ts';
import { isFile, type TreeEntry } from '../store/tree-entry.ts';
import { DraftFolder, type DraftNote } from './draft-folder.ts';

/** A contract's next version as it lies on disk. */
export interface ContractDraft {
  readonly kind: 'reopen' | 'amend';
  readonly module: ModuleId;
  readonly from: number;
  readonly files: readonly FileDiff[];
  /** Why it cannot be confirmed as it is; '' where it can. */
  readonly problem: string;
  /** The module has a later version than the one it was begun from. */
  readonly stale: boolean;
}

/** Where a draft belongs: the run's store and its state as it is now. */
export interface DraftPlace {
  readonly store: Store;
  readonly state: RunState;
  readonly module: ModuleId;
}

const maxEntries = 5_000;
const maxFileBytes = 1024 ** 2;
const maxChanged = 500;

const folderOf = ({ store, state, module }: DraftPlace): DraftFolder =>
  new DraftFolder(store.workspace, state.run, module);

const planOf = ({ state, module }: DraftPlace): ContractPlan =>
  modulePlan(state.plan, moduleNode(state, module)).contract;

const treeNow = ({ store, state, module }: DraftPlace): Promise<TreeId> =>
  contractNow(store, state, moduleNode(state, module));

/** The files that a person may change, by path; links and hostile names stay as they are. */
async function givenFiles(place: DraftPlace, tree: TreeId): Promise<Map<string, TreeEntry>> {
  const entries = await contractFiles(place.store, tree, planOf(place));
  const fit = entries.filter(({ path, mode }) => isFile(mode) && unsafePath(path) === null);
  return new Map(fit.map((entry) => [entry.path, entry]));
}

/** Begins a draft, or goes on with the one that is there. Gives the contract's file to open. */
export async function openDraft(
  place: DraftPlace,
  kind: DraftNote['kind'],
): Promise<{ readonly contractFile: string }> {
  const folder = folderOf(place);
  const { contract } = moduleState(place.state, place.module);
  const note = await folder.readNote();
  if (note === null) {
    const tree = await treeNow(place);
    for (const { path, oid } of (await givenFiles(place, tree)).values()) {
      await requireNoLink(folder.path, join(folder.files, path));
      // A beginning that was interrupted may have been written in already.
      if ((await lstatOrNull(join(folder.files, path))) !== null) continue;
      await folder.write(path, await place.store.readBlob(oid));
    }
    await folder.writeNote({ kind, from: contract.version, tree });
  } else if (note.kind !== kind) {
    await folder.writeNote({ ...note, kind });
  }
  return { contractFile: join(folder.files, planOf(place).file) };
}

/** What a draft is by now; null where there is none. */
export async function readDraft(place: DraftPlace): Promise<ContractDraft | null> {
  const note = await folderOf(place).readNote();
  if (note === null) return null;
  const { changes, problem } = await readChanges(place, note);
  const { contract } = moduleState(place.state, place.module);
  const stale = (await treeNow(place)) !== note.tree;
  const base = { kind: note.kind, module: place.module, from: note.from, stale };
  const amended = await amendContract(place.store, note.tree, planOf(place), {
    type: 'files',
    files: changes,
  });
  if (!amended.ok) return { ...base, files: [], problem: problem ?? amended.failure.message };
  const files = await treeDiff(place.store, note.tree, amended.contract.tree);
  const behind = stale
    ? `${place.module} has contract v${contract.version} by now; this draft was begun from v${note.from}. Bring it up to date first.`
    : null;
  const unchanged = files.length === 0 ? 'Nothing is changed yet.' : null;
  return { ...base, files, problem: behind ?? problem ?? unchanged ?? '' };
}

interface Changes {
  readonly changes: readonly ChangedFile[];
  /** The first thing that keeps it from being confirmed; null where nothing does. */
  readonly problem: string | null;
}

/** What is different on disk. Links are never followed, and what cannot be taken is not. */
async function readChanges(place: DraftPlace, note: DraftNote): Promise<Changes> {
  const folder = folderOf(place);
  await requireNoLink(place.store.workspace, folder.files);
  const plan = planOf(place);
  const given = await givenFiles(place, note.tree);
  const { found, problems } = await walkFolder(folder.files, { entries: maxEntries, skip: [] });
  if (problems.length > 0) return { changes: [], problem: 'The draft’s folder cannot be read.' };
  const changes: ChangedFile[] = [];
  const missing = new Set(given.keys());
  const refused: string[] = [];
  for (const file of found) {
    missing.delete(file.path);
    const says = whyNot(file, plan);
    const read = says === null ? readFound(folder.files, file) : null;
    if (read === null) {
      refused.push(`${showPath(file.path)} ${says ?? 'cannot be read'}`);
      continue;
    }
    const oid = objectId(place.store.format, 'blob', read.content);
    if (given.get(file.path)?.oid !== oid) changes.push({ path: file.path, content: read.content });
  }
  for (const path of missing) changes.push({ path, content: null });
  if (changes.length > maxChanged) {
    const problem = `${counted(changes.length, 'file')} are changed; ${maxChanged} can be.`;
    return { changes: [], problem };
  }
  return { changes, problem: refused.length === 0 ? null : `${inEnglish(() => listed(refused))}.` };
}

function whyNot(
  { path, type, bytes }: { readonly path: string; readonly type: string; readonly bytes: number },
  plan: ContractPlan,
): string | null {
  if (type !== 'file') return 'is no plain file';
  if (bytes > maxFileBytes) return 'is larger than 1 MB';
  const unsafe = unsafePath(path);
  if (unsafe !== null) return unsafe;
  if (pathsInContract(plan, path).length > 0) return null;
  return 'lies outside the contract: it is neither the contract, nor a test, nor a stub';
}

export type StagedDraft =
  | {
      readonly ok: true;
      readonly kind: DraftNote['kind'];
      /** A folder with only what is different; there is none where files were only removed. */
      readonly contractPath: string;
      readonly removed: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/** Lays what is different aside, to be sent as an amendment; refuses what is not fit for it. */
export async function stageDraft(place: DraftPlace): Promise<StagedDraft> {
  const draft = await readDraft(place);
  if (draft === null) return { ok: false, message: `There is no draft of ${place.module}.` };
  if (draft.problem !== '') return { ok: false, message: draft.problem };
  const folder = folderOf(place);
  const note = await folder.readNote();
  if (note === null) return { ok: false, message: `There is no draft of ${place.module}.` };
  const { changes } = await readChanges(place, note);
  const written = changes.flatMap(({ path, content }) =>
    content === null ? [] : [{ path, content }],
  );
  const removed = changes.filter(({ content }) => content === null).map(({ path }) => path);
  await folder.stage(written);
  return { ok: true, kind: note.kind, contractPath: folder.changed, removed };
}

/** Puts away what was staged; what the person wrote stays. */
export async function unstageDraft(place: DraftPlace): Promise<void> {
  await folderOf(place).unstage();
}

export async function removeDraft(place: DraftPlace): Promise<void> {
  await folderOf(place).remove();
}

/** A file that both the person and a later version changed. */
export interface DraftConflict {
  /** Root-relative. */
  readonly path: string;
  /** The person's, on disk. */
  readonly mine: string;
  /** The present version's, in the contract's tree; null where it has none. */
  readonly theirs: string | null;
}

/**
 * Brings a stale draft up to date: files that the person left alone become those of the module's
 * present version; those that both changed stay the person's, and are named for the person to merge.
 */
export async function rebaseDraft(
  place: DraftPlace,
): Promise<{ readonly conflicts: readonly DraftConflict[]; readonly tree: TreeId } | null> {
  const folder = folderOf(place);
  const note = await folder.readNote();
  if (note === null) return null;
  const { contract } = moduleState(place.state, place.module);
  const tree = await treeNow(place);
  const [old, now] = [await givenFiles(place, note.tree), await givenFiles(place, tree)];
  const { changes } = await readChanges(place, note);
  const changed = new Set(changes.map(({ path }) => path));
  const conflicts: DraftConflict[] = [];
  for (const path of new Set([...old.keys(), ...now.keys()])) {
    const entry = now.get(path);
    if (old.get(path)?.oid === entry?.oid) continue;
    if (changed.has(path)) {
      const [theirs] = entry === undefined ? [] : pathsInContract(planOf(place), path);
      conflicts.push({ path, mine: join(folder.files, path), theirs: theirs ?? null });
    } else if (entry === undefined) {
      await requireNoLink(folder.path, join(folder.files, path));
      await rm(join(folder.files, path), { force: true });
    } else {
      await folder.write(path, await place.store.readBlob(entry.oid));
    }
  }
  await folder.writeNote({ ...note, from: contract.version, tree });
  return { conflicts, tree };
}
