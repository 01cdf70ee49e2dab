import { runProgram } from './outside-program.ts';

/** A repository on a forge that speaks GitHub's language. */
export interface ForgeRepository {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

/** Where a branch is pushed to, and where it is to be merged; by name as git knows them. */
export interface RemoteNames {
  readonly push: string;
  /** The remote whose copy of the base branch counts. */
  readonly into: string;
}

export interface Remotes extends RemoteNames {
  /** Where pushes to `push` end; null where that is not on GitHub. */
  readonly head: ForgeRepository | null;
  /** Where it is merged: what `into` is fetched from or, where that is not on GitHub, pushed to. */
  readonly base: ForgeRepository | null;
  /** What git takes to ask either: the name of a remote, or an address. */
  readonly headAddress: string;
  readonly baseAddress: string;
  /** The remote that is pushed to is fetched from another repository. */
  readonly isApart: boolean;
}

interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * By the user's own configuration: `remote.pushDefault`, the remote that the base branch follows, `origin`,
 * or the only one; null where there is none.
 */
export async function nameRemotes(place: Place, baseBranch: string): Promise<RemoteNames | null> {
  const { stdout } = await runProgram('git', ['remote'], place);
  const names = stdout.split('\n').filter((name) => name !== '');
  const usual = names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;
  const configured = async (key: string): Promise<string | undefined> => {
    const { code, stdout: value } = await runProgram('git', ['config', '--get', key], place);
    return code === 0 && names.includes(value.trim()) ? value.trim() : undefined;
  };
  const followed = (await configured(`branch.${baseBranch}.remote`)) ?? usual;
  const push = (await configured('remote.pushDefault')) ?? followed;
  return push === undefined ? null : { push, into: followed ?? push };
}

/** A remote may be fetched from one address and pushed to others: each is looked at for what it is used for. */
export async function findRemotes(place: Place, baseBranch: string): Promise<Remotes | null> {
  const names = await nameRemotes(place, baseBranch);
  if (names === null) return null;
  const { push, into } = names;
  const head = await firstOnForge(place, [push, '--push', '--all']);
  const fetched = await firstOnForge(place, [push]);
  const merged = await firstOnForge(place, [into]);
  const mirrored = merged === null ? await firstOnForge(place, [into, '--push', '--all']) : null;
  const base = merged ?? mirrored;
  return {
    ...{ push, into, head: head?.repository ?? null, base: base?.repository ?? null },
    headAddress: head?.address ?? push,
    baseAddress: mirrored?.address ?? into,
    isApart:
      head !== null && (fetched === null || !isSamePlace(head.repository, fetched.repository)),
  };
}

interface OnForge {
  readonly address: string;
  readonly repository: ForgeRepository;
}

/** `asked`: what `git remote get-url` is asked for, the name of the remote first. */
async function firstOnForge(
  place: Place,
  [remote = '', ...options]: readonly string[],
): Promise<OnForge | null> {
  const args = ['remote', 'get-url', ...options, '--', remote];
  const { code, stdout } = await runProgram('git', args, place);
  if (code !== 0) return null;
  for (const address of stdout.split('\n')) {
    const found = parseRepository(address.trim());
    if (found !== null && isGitHub(found.host, place.env)) return { address, repository: found };
  }
  return null;
}

/** From `https://host/owner/name.git`, `ssh://git@host:22/owner/name`, `git@host:owner/name.git`. */
export function parseRepository(url: string): ForgeRepository | null {
  const fit =
    /^(?:https?|ssh|git):\/\/(?:[^@/]+@)?([a-z0-9.-]+)(?::[0-9]+)?\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/i.exec(
      url,
    ) ?? /^(?:[\w.-]+@)?([a-z0-9.-]+\.[a-z0-9.-]+):([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/i.exec(url);
  if (fit === null) return null;
  const [, host = '', owner = '', name = ''] = fit;
  // The way in beside a closed port 22.
  return { host: host.toLowerCase().replace(/^ssh\.(?=github\.com$)/, ''), owner, name };
}

const isGitHub = (host: string, env: NodeJS.ProcessEnv): boolean =>
  host === 'github.com' || host.endsWith('.ghe.com') || host === env.GH_HOST?.toLowerCase();

/** As people and `gh` name it. */
export const placeOf = ({ host, owner, name }: ForgeRepository): string =>
  `${host}/${owner}/${name}`;

/** Forges do not tell large letters from small ones. */
export const isSamePlace = (one: ForgeRepository, other: ForgeRepository): boolean =>
  placeOf(one).toLowerCase() === placeOf(other).toLowerCase();
