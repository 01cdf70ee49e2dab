import { existsSync } from 'node:fs';
import { runGit, type GitCommand, type GitResult } from './git.ts';
import { isObjectId, type ObjectFormat } from './object-id.ts';
import { StoreError } from './store-error.ts';

/** The user's own repository around a workspace, as far as base and delivery need to know it. */
export interface UserRepository {
  readonly gitDir: string;
  /** What linked worktrees share: objects and branches. */
  readonly commonDir: string;
  readonly top: string;
  /** The workspace's folder in the repository: '' at its top, else `packages/app/`. */
  readonly prefix: string;
  readonly format: ObjectFormat;
  /** The commit checked out; null before the first. */
  readonly head: string | null;
  /** The branch checked out, without `refs/heads/`; null where HEAD is detached. */
  readonly branch: string | null;
}

/**
 * Finds the repository that a workspace lies in; null where it lies in none, also where the one
 * around it ignores it and tracks nothing in it (a home folder that is a repository).
 */
export async function findUserRepository(workspace: string): Promise<UserRepository | null> {
  const found = await runGit({
    cwd: workspace,
    args: [
      ...['rev-parse', '--path-format=absolute', '--absolute-git-dir', '--git-common-dir'],
      ...['--show-toplevel', '--show-object-format', '--show-prefix'],
    ],
    // 128: no repository, or a bare one, which has no folder to work in.
    accept: [0, 128],
  });
  const [gitDir, commonDir, top, format, prefix] = found.stdout.toString().split('\n');
  if (found.exitCode !== 0 || gitDir === undefined || commonDir === undefined) {
    return refuseUnreadable(found);
  }
  const repository = {
    gitDir,
    commonDir,
    top: top ?? '',
    prefix: prefix ?? '',
    format: format === 'sha256' ? ('sha256' as const) : ('sha1' as const),
  };
  if (repository.prefix !== '' && (await isForeign(repository))) return null;
  return { ...repository, ...(await readHead(repository)) };
}

/** A git that failed for another reason than that there is no repository must not pass for 'none'. */
function refuseUnreadable(found: GitResult): null {
  // The locale is fixed, and git has no other sign for this.
  if (found.stderr.includes('not a git repository')) return null;
  if (found.stderr.includes('must be run in a work tree')) return null;
  throw new StoreError('git-failed', 'the repository around the folder cannot be read', {
    stderr: found.stderr,
  });
}

async function readHead(repository: { readonly gitDir: string; readonly format: ObjectFormat }) {
  const place = { cwd: repository.gitDir, gitDir: repository.gitDir };
  const [commit, branch] = await Promise.all([
    runGit({
      ...place,
      args: ['rev-parse', '-q', '--verify', 'HEAD^{commit}'],
      accept: [0, 1, 128],
    }),
    runGit({ ...place, args: ['symbolic-ref', '-q', '--short', 'HEAD'], accept: [0, 1, 128] }),
  ]);
  const head = commit.stdout.toString().trim();
  const name = branch.stdout.toString().trim();
  return {
    head: isObjectId(repository.format, head) ? head : null,
    branch: name === '' ? null : name,
  };
}

/** A folder that is ignored, and of which nothing is tracked, is not that repository's. */
async function isForeign(repository: Pick<UserRepository, 'gitDir' | 'top' | 'prefix'>) {
  const command: GitCommand = {
    cwd: repository.top,
    gitDir: repository.gitDir,
    workTree: repository.top,
    args: [],
    settings: await userExcludes(),
  };
  const folder = repository.prefix.replace(/\/$/, '');
  const ignored = await runGit({
    ...command,
    args: ['check-ignore', '-q', '--no-index', `./${folder}`],
    accept: [0, 1],
  });
  if (ignored.exitCode === 1) return false;
  const tracked = await runGit({
    ...command,
    args: ['--literal-pathspecs', 'ls-files', '-z', '--cached', '--', folder],
  });
  return tracked.stdout.length === 0;
}

/**
 * The user's own ignore file, which is the one thing of the user's configuration that holds here:
 * what it keeps out of every repository (keys, editor files) must not reach agents either.
 */
export async function userExcludes(): Promise<(readonly [string, string])[]> {
  const env = process.env;
  const home = env.HOME ?? env.USERPROFILE ?? '';
  const folder = env.XDG_CONFIG_HOME ?? `${home}/.config`;
  for (const file of [`${home}/.gitconfig`, `${folder}/git/config`]) {
    if (!existsSync(file)) continue;
    const { stdout } = await runGit({
      cwd: home === '' ? '/' : home,
      args: [
        'config',
        '--file',
        file,
        '--includes',
        '--type=path',
        '-z',
        '--get',
        'core.excludesFile',
      ],
      accept: [0, 1],
    });
    if (stdout.length > 0) return [['core.excludesFile', stdout.toString().replace(/\0$/, '')]];
  }
  const usual = `${folder}/git/ignore`;
  return existsSync(usual) ? [['core.excludesFile', usual]] : [];
}

/** The format a store for this workspace must have. */
export async function userObjectFormat(workspace: string): Promise<ObjectFormat> {
  return (await findUserRepository(workspace))?.format ?? 'sha1';
}
