import { runGit, pipeGit } from './git.ts';

export interface Transfer {
  /** Git folders. */
  readonly from: string;
  readonly to: string;
  readonly oids: ReadonlySet<string>;
  readonly signal?: AbortSignal | undefined;
}

/** Above this many objects a pack stays a pack; below they become loose, as git's own fetch does it. */
const unpackLimit = 100;

/**
 * Copies exactly these objects from one repository to another, those already there left out. They
 * are on disk when it resolves. No alternates: what the other repository drops later is not missed.
 */
export async function sendObjects({ from, to, oids, signal }: Transfer): Promise<void> {
  const missing = await listMissing(to, oids);
  if (missing.length === 0) return;
  const command = { signal, cwd: to, gitDir: to };
  await pipeGit(
    {
      ...command,
      cwd: from,
      gitDir: from,
      args: ['pack-objects', '--quiet', '--stdout', '--threads=1'],
      input: missing.map((oid) => `${oid}\n`).join(''),
    },
    missing.length <= unpackLimit
      ? { ...command, args: ['unpack-objects', '-q'] }
      : { ...command, args: ['index-pack', '--stdin'] },
  );
}

async function listMissing(gitDir: string, oids: ReadonlySet<string>): Promise<string[]> {
  const { stdout } = await runGit({
    cwd: gitDir,
    gitDir,
    args: ['cat-file', '--batch-check=%(objectname)'],
    input: [...oids].map((oid) => `${oid}\n`).join(''),
  });
  const lines = stdout.toString().split('\n').filter(Boolean);
  return lines
    .filter((line) => line.endsWith(' missing'))
    .map((line) => line.replace(' missing', ''));
}
