import { runProgram } from './outside-program.ts';

/** A repository on a forge that speaks GitHub's language. */
export interface ForgeRepository {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

/** Where a branch is pushed to, and where it is to be merged. */
export interface Remotes {
  readonly push: string;
  /** null where it is not on GitHub. */
  readonly head: ForgeRepository | null;
  readonly base: ForgeRepository | null;
}

interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * By the user's own configuration: `remote.pushDefault`, the remote that the base branch follows, `origin`,
 * or the only one; null where there is none.
 */
export async function findRemotes(place: Place, baseBranch: string): Promise<Remotes | null> {
  const { stdout } = await runProgram('git', ['remote'], place);
  const names = stdout.split('\n').filter((name) => name !== '');
  const usual = names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;
  const configured = async (key: string): Promise<string | undefined> => {
    const { code, stdout: value } = await runProgram('git', ['config', '--get', key], place);
    return code === 0 && names.includes(value.trim()) ? value.trim() : undefined;
  };
  const followed = (await configured(`branch.${baseBranch}.remote`)) ?? usual;
  const push = (await configured('remote.pushDefault')) ?? followed;
  if (push === undefined) return null;
  return {
    push,
    head: await repositoryOf(place, push),
    base: await repositoryOf(place, followed ?? push),
  };
}

async function repositoryOf(place: Place, remote: string): Promise<ForgeRepository | null> {
  const { code, stdout } = await runProgram('git', ['remote', 'get-url', remote], place);
  const found = code === 0 ? parseRepository(stdout.trim()) : null;
  return found !== null && isGitHub(found.host, place.env) ? found : null;
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
