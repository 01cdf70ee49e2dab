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

/** A workspace with a forge beside it. */
export interface Place extends TempFolder {
  /** The bare repository that `acme/tiny` is. */
  readonly remote: string;
  git(...args: readonly string[]): string;
  /** `origin`; what is fetched from and pushed to github.com ends in bare repositories of the forge. */
  addRemote(url?: string): void;
  /** The bare repository of that name, made where it is not there. */
  repository(name: string): string;
  /** The branch as it is here, where it was pushed by a person, before. */
  publish(branch: string, name?: string): void;
  /** What was pushed since, by name. */
  pushed(name?: string): string[];
}

/** `folder` holds the workspace at `path`, and goes with the place. */
export function beside(path: string, folder: TempFolder): Place {
  const forge = join(folder.path, 'forge');
  const repository = (name: string): string => {
    const at = join(forge, `${name}.git`);
    if (!existsSync(at)) execFileSync('git', ['init', '--quiet', '--bare', at]);
    return at;
  };
  const remote = repository('acme/tiny');
  const inside = (...args: readonly string[]): string => git(path, ...args);
  const shell = join(forge, 'ssh');
  writeFileSync(shell, `#!/bin/sh\nfor last; do :; done\n${answering(forge)}`);
  chmodSync(shell, 0o755);
  const published = new Map<string, Set<string>>();
  const names = (name: string): string[] =>
    git(repository(name), 'for-each-ref', '--format=%(refname:short)')
      .split('\n')
      .filter((each) => each !== '');
  return {
    ...{ path, remote, git: inside, repository },
    addRemote: (url = 'https://github.com/acme/tiny.git') => {
      inside('remote', 'add', 'origin', url);
      inside('config', 'core.sshCommand', shell);
      inside('config', 'ssh.variant', 'ssh');
      inside('config', 'url.ssh://git@github.com/.insteadOf', 'https://github.com/');
    },
    publish: (branch, name = 'acme/tiny') => {
      inside('push', '--quiet', repository(name), `refs/heads/${branch}:refs/heads/${branch}`);
      published.set(name, new Set(names(name)));
    },
    pushed: (name = 'acme/tiny') =>
      names(name).filter((each) => published.get(name)?.has(each) !== true),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** As `ssh` does: `$last` is `git-receive-pack '/acme/tiny.git'`. */
const answering = (forge: string): string => `eval "set -- $last"
exec git "\${1#git-}" "${forge}/\${2#/}"
`;

/** A copy of a workspace in which a run is complete. */
export async function copyOf(workspace: string): Promise<Place> {
  const folder = await tempFolder();
  const path = join(folder.path, 'workspace');
  await cp(workspace, path, { recursive: true });
  return beside(path, folder);
}

interface Answer {
  readonly out?: string;
  readonly err?: string;
  readonly code?: number;
  /** A file that it makes; then it waits to be ended. */
  readonly touch?: string;
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
  answer(answers: Readonly<Record<string, Answer>>): void {
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
const { out = '', err = '', code = 0, touch } = answers[args.slice(0, 2).join(' ')] ?? usual[args.slice(0, 2).join(' ')] ?? {};
process.stdout.write(out);
process.stderr.write(err);
process.exitCode = code;
if (touch !== undefined) {
  fs.writeFileSync(touch, '');
  setInterval(() => undefined, 1_000);
}
`;

/** A PATH on which there is git and nothing else. */
export function gitAlone(at: string): NodeJS.ProcessEnv {
  const bin = join(at, 'git-alone');
  mkdirSync(bin);
  const program = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  symlinkSync(program, join(bin, 'git'));
  return { ...process.env, PATH: bin };
}
