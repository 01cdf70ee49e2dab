import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { closest } from '../core/plan/closest.ts';
import { parseArguments, quoted } from './arguments.ts';
import type { Engine } from './engine.ts';
import { failureLine } from '../engine/failure-line.ts';
import type { Environment } from './model-options.ts';
import { generalHelp, usageLine, verbHelp } from './help.ts';
import { refuse } from './refuse.ts';
import { shellWord } from '../engine/shell-word.ts';
import type { Terminal } from './terminal.ts';
import { verbs } from './verb-table.ts';

export interface Surroundings {
  readonly terminal: Terminal;
  readonly engine: Engine;
  readonly cwd: string;
  readonly by: string;
  readonly env: Environment;
  readonly version: () => string;
  readonly packageFolder: () => string | null;
  /** Print where an unexpected failure came from. */
  readonly trace: boolean;
}

/** Carries out one command line and answers with its exit code. Never throws. */
export async function commandLine(words: readonly string[], on: Surroundings): Promise<number> {
  const { terminal } = on;
  let code: number;
  try {
    code = await dispatch(words, on);
  } catch (error) {
    if (on.trace && error instanceof Error) terminal.err(`${error.stack ?? ''}\n`);
    code = refuse(terminal, failureLine(error));
  }
  await terminal.flushed();
  if (!terminal.closed || code === 2) return code;
  return refuse(terminal, 'stdout was closed before everything was written');
}

async function dispatch(words: readonly string[], on: Surroundings): Promise<number> {
  const { terminal } = on;
  const [first, second] = words;
  if (first === '--cwd' || first?.startsWith('--cwd=') === true) {
    const inline = first.startsWith('--cwd=');
    const folder = inline ? first.slice('--cwd='.length) : (second ?? '');
    const workspace = resolve(on.cwd, folder);
    const fault = folder === '' ? '--cwd wants a folder' : folderFault(workspace, folder);
    if (fault !== null) return refuse(terminal, fault);
    const program = `ashlar --cwd ${shellWord(folder)}`;
    return verbOf(words.slice(inline ? 1 : 2), on, workspace, program);
  }
  return verbOf(words, on, on.cwd, 'ashlar');
}

function folderFault(path: string, typed: string): string | null {
  try {
    return statSync(path).isDirectory() ? null : `--cwd ${quoted(typed)} is no folder`;
  } catch (error) {
    return `--cwd ${failureLine(error)}`;
  }
}

async function verbOf(
  words: readonly string[],
  on: Surroundings,
  workspace: string,
  program: string,
): Promise<number> {
  const { terminal, engine, by, env } = on;
  const [name, ...rest] = words;
  if (name === undefined) return refuse(terminal, 'a verb is missing; `ashlar --help` lists them');
  if (name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    terminal.out(generalHelp());
    return 0;
  }
  if (name === '--version') {
    terminal.out(`${on.version()}\n`);
    return 0;
  }
  if (name === 'help') return verbOf([...rest, '--help'], on, workspace, program);
  const spec = verbs.find((each) => each.name === name);
  if (spec === undefined) return refuse(terminal, unknownVerb(name));
  const parsed = parseArguments(spec, rest);
  if (!parsed.ok) return refuse(terminal, `${name}: ${parsed.says}. usage: ${usageLine(spec)}`);
  if (parsed.given.help) {
    terminal.out(verbHelp(spec));
    return 0;
  }
  const verb = await spec.load();
  const { version, packageFolder } = on;
  const place = { terminal, engine, workspace, program, by, env, version, packageFolder };
  return verb(place, parsed.given);
}

function unknownVerb(name: string): string {
  if (name.startsWith('-')) {
    return `unknown option ${quoted(name)} before the verb; only --cwd, --help and --version stand there`;
  }
  const guess = closest(
    name,
    verbs.map((each) => each.name),
  );
  const hint = guess === null ? '`ashlar --help` lists them' : `did you mean ${guess}?`;
  return `unknown verb ${quoted(name)}; ${hint}`;
}
