import type { RunRecord } from '../run-record.ts';
import { isBranchName, type Branches } from './branches.ts';
import { nameRemotes, type RemoteNames } from './remotes.ts';

interface Wanted {
  readonly workspace: string;
  /** The commit that is to be merged. */
  readonly head: string;
  /** Said by a person, else where the run began, else what is checked out now. */
  readonly name: string | null;
}

/** How the branch that is offered stands to its base. */
export interface Counts {
  readonly commits: number;
  readonly files: number;
  /** What it stands on, of the base first: what of it the remote does not have is pushed with it. */
  readonly ground: readonly string[];
  /** How many those are, by what was last fetched; null where the remote's copy is not known here. */
  readonly unpublished: {
    readonly remote: string;
    readonly commits: number;
    /** All of them are the base's; else the run began on others. */
    readonly ofBase: boolean;
  } | null;
}

export type Base =
  | { readonly ok: true; readonly name: string; readonly counts: Counts }
  | {
      readonly ok: false;
      readonly code: 'base-refused' | 'nothing-to-merge';
      readonly message: string;
    };

/** Which branch it goes into; one that is not here is taken from the remote that it would be merged at. */
export async function chooseBase(
  branches: Branches,
  { run, state }: RunRecord,
  { workspace, head, name }: Wanted,
): Promise<Base> {
  if (name === null || !isBranchName(name)) {
    return no(
      'base-refused',
      'which branch it is to be merged into is not known: the run began on none, and none is checked out; say --base',
    );
  }
  const remotes = await nameRemotes({ cwd: workspace, env: process.env }, name);
  const into = remotes?.into ?? null;
  const tip = await branches.find(name, into);
  if (tip === null) {
    const where = into === null ? 'here' : `here, or on ${into} as it was last fetched`;
    return no('base-refused', `there is no branch ${name} ${where}; say --base`);
  }
  const common = await branches.common(tip, head);
  if (common === null) {
    const began = state.base.head === null ? ', which started from files without a commit' : '';
    return no('nothing-to-merge', `${name} has nothing in common with run ${run}${began}`);
  }
  const commits = await branches.count(tip, head);
  if (commits === 0) {
    return no('nothing-to-merge', `${name} holds all of run ${run} already: nothing to merge`);
  }
  // Where the run began counts too: the base may have been set back since.
  const start = state.base.head;
  const isBegun =
    start !== null && (await branches.holds(start)) && (await branches.contains(head, start));
  const ground = isBegun && start !== common ? [common, start] : [common];
  const seen = into === null ? null : await branches.lastSeen(into, name);
  // Without the base's copy, what is known of the remote says little of the base.
  const unpublished =
    remotes === null || seen === null ? null : await beyond(branches, remotes, ground);
  const files = await branches.filesChanged(common, head);
  return { ok: true, name, counts: { commits, files, ground, unpublished } };
}

/** What any branch of either remote has is public already. */
async function beyond(
  branches: Branches,
  { push, into }: RemoteNames,
  ground: readonly string[],
): Promise<Counts['unpublished']> {
  const known = [`--remotes=${push}`, `--remotes=${into}`];
  const commits = await branches.countBeyond(known, ground);
  const ofBase = await branches.countBeyond(known, ground.slice(0, 1));
  return { remote: into, commits, ofBase: commits === ofBase };
}

const no = (code: 'base-refused' | 'nothing-to-merge', message: string): Base => ({
  ...{ ok: false, code, message },
});
