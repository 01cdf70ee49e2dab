import { cp } from 'node:fs/promises';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { tempFolder, type TempFolder } from '../../support/temp-folder.ts';
import { git } from '../../support/tiny-workspace.ts';

/** A workspace with a remote beside it. */
export interface Place extends TempFolder {
  /** A bare repository. */
  readonly remote: string;
  git(...args: readonly string[]): string;
  /** Pushes end in the bare repository, whatever the address says. */
  addRemote(url?: string): void;
  /** What was pushed, by name. */
  pushed(): string[];
}

/** `folder` holds the workspace at `path`, and goes with the place. */
export function beside(path: string, folder: TempFolder): Place {
  const remote = join(folder.path, 'remote.git');
  execFileSync('git', ['init', '--quiet', '--bare', remote]);
  const inside = (...args: readonly string[]): string => git(path, ...args);
  return {
    ...{ path, remote, git: inside },
    addRemote: (url = 'https://github.com/acme/tiny.git') => {
      inside('remote', 'add', 'origin', url);
      inside('config', `url.${remote}.pushInsteadOf`, url);
    },
    pushed: () =>
      git(remote, 'for-each-ref', '--format=%(refname:short)')
        .split('\n')
        .filter((name) => name !== ''),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** A copy of a workspace in which a run is complete. */
export async function copyOf(workspace: string): Promise<Place> {
  const folder = await tempFolder();
  const path = join(folder.path, 'workspace');
  await cp(workspace, path, { recursive: true });
  return beside(path, folder);
}

/** A `gh` of the test's own: it records what it is called with, and answers as it is told. */
export class FakeGh {
  readonly env: NodeJS.ProcessEnv;
  readonly #folder: string;

  constructor(at: string) {
    this.#folder = join(at, 'gh');
    const bin = join(this.#folder, 'bin');
    mkdirSync(bin, { recursive: true });
    const program = join(bin, 'gh');
    writeFileSync(program, source(this.#folder));
    chmodSync(program, 0o755);
    this.env = { ...process.env, PATH: `${bin}:${process.env.PATH ?? ''}` };
    delete this.env.GH_HOST;
    this.answer({});
  }

  /** By the words of a subcommand: what it prints, and how it ends. */
  answer(answers: Readonly<Record<string, { out?: string; err?: string; code?: number }>>): void {
    writeFileSync(join(this.#folder, 'answers.json'), JSON.stringify(answers));
  }

  get calls(): string[][] {
    const log = join(this.#folder, 'calls');
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as string[]);
  }
}

const source = (folder: string): string => `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2);
fs.appendFileSync(${JSON.stringify(join(folder, 'calls'))}, JSON.stringify(args) + '\\n');
const answers = JSON.parse(fs.readFileSync(${JSON.stringify(join(folder, 'answers.json'))}, 'utf8'));
const usual = { 'pr create': { out: 'https://github.com/acme/tiny/pull/7\\n' }, 'pr list': { out: '[]\\n' } };
const { out = '', err = '', code = 0 } = answers[args.slice(0, 2).join(' ')] ?? usual[args.slice(0, 2).join(' ')] ?? {};
process.stdout.write(out);
process.stderr.write(err);
process.exitCode = code;
`;

/** A PATH on which there is git and nothing else. */
export function gitAlone(at: string): NodeJS.ProcessEnv {
  const bin = join(at, 'git-alone');
  mkdirSync(bin);
  const program = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  symlinkSync(program, join(bin, 'git'));
  return { ...process.env, PATH: bin };
}
