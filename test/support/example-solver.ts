import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What a model can tell of where it stands, from the request alone. */
export interface Asked {
  /** The first message: the task. */
  readonly opening: string;
  /** How often it has answered in this conversation. */
  readonly turn: number;
  /** What the tools of its last turn answered. */
  readonly results: readonly { readonly ok: boolean; readonly text: string }[];
}

/** What it does next: tools, or else words. */
export interface Move {
  readonly says: string;
  readonly uses: readonly { readonly name: string; readonly input: unknown }[];
}

/**
 * A model that solves an example by its script: it finds role, module and attempt in its task, and
 * does by tools what the script's folder holds. It remembers nothing between requests.
 */
export function exampleSolver(script: string): (asked: Asked) => Move {
  return ({ opening, turn, results }) => {
    const task = taskIn(opening);
    const steps = stepsOf(script, task, opening);
    const step = steps[Math.min(turn, steps.length - 1)]!;
    return step(results);
  };
}

type Step = (results: Asked['results']) => Move;

const uses = (...moves: readonly (readonly [name: string, input: unknown])[]): Step => {
  const named = moves.map(([name, input]) => ({ name, input }));
  return () => ({ says: 'On it.', uses: named });
};
const answers =
  (value: object): Step =>
  () => ({ says: JSON.stringify(value), uses: [] });

/** The lines `Name: value` of a task's head. */
function taskIn(opening: string): Readonly<Record<string, string>> {
  const [head = ''] = opening.split('\n\n<<<data ');
  const lines = head.matchAll(/^([A-Z][a-z ]+): (.+)$/gm);
  const pairs = [...lines].map(([, name = '', value = '']): [string, string] => [name, value]);
  return Object.fromEntries(pairs);
}

function stepsOf(script: string, task: Readonly<Record<string, string>>, opening: string): Step[] {
  const { Role: role, Module: module = '', Attempt: attempt = '1' } = task;
  switch (role) {
    case 'generator':
    case 'reviser':
      return builderSteps(join(script, module), Number(attempt));
    case 'evaluator': {
      const turn = readTurn(join(script, module, `review-${attempt}`));
      const { verdict = 'PASS', summary = 'The contract is kept.', evidence = [] } = turn;
      const found = (evidence as readonly object[]).map((each) => ({
        ...{ file: null, line: null, check: null },
        ...each,
      }));
      const judged = { verdict, summary, evidence: found, falseClaims: [], testsWrong: null };
      return [looksAround, readsChanged(opening), answers(judged)];
    }
    case 'integrator': {
      const [kind = '', id = ''] = (task.Gate ?? '').split(':');
      const turn = readTurn(join(script, `${kind}s`, id, attempt));
      const [first] = /(?<=modules to choose from: )[a-z0-9-]+/.exec(opening) ?? [''];
      const { blames = first, summary = 'It breaks its promise.' } = turn;
      return [looksAround, looksCloser, answers({ blamed: blames, summary, evidence: [] })];
    }
    case 'contract author': {
      const folder = join(script, module, `contract-${task.Version ?? '1'}`);
      const { summary = 'Rewritten.', reason = summary } = readTurn(folder);
      return [looksAround, ...writes(folder), uses(['hand_in_contract', { summary, reason }])];
    }
    case 'arbiter': {
      const turn = readTurn(join(script, 'arbiter', task.Arbitration ?? '1'));
      const { decision = 'uphold', reason = 'As the contract has it.' } = turn;
      return [looksAround, looksCloser, answers({ decision, reason })];
    }
    case 'architect': {
      const folder = join(script, module, 'split-1');
      const { summary = 'It is two things.', parts = {} } = readTurn(folder);
      return [looksAround, ...writes(folder), handsInParts(summary, parts as object)];
    }
    case undefined:
    default:
      throw new Error(`the script has nothing for a ${role ?? 'nobody'}`);
  }
}

const handsInParts = (summary: unknown, parts: object): Step => {
  const given = Object.entries(parts).map(([id, part]) => ({
    ...{ id, needs: [], estimate: { minutes: 5, review: 1 } },
    ...(part as { readonly checks: readonly object[] }),
    checks: (part as { readonly checks: readonly object[] }).checks.map((check) => ({
      ...{ report: 'exit' },
      ...check,
    })),
  }));
  return uses(['hand_in_parts', { summary, parts: given }]);
};

const looksAround = uses(['list_files', { path: 'src' }]);
const looksCloser = uses(['search', { text: 'export' }], ['list_files', { path: 'src' }]);

/** All files at once that the task says have changed. */
function readsChanged(opening: string): Step {
  const changed = opening.matchAll(/^(?:added|modified) {2}(.+)$/gm);
  return uses(...[...changed].map(([, path]) => ['read_file', { path }] as const));
}

/** It looks, writes a file a turn, has its checks run, and hands in, whatever they say. */
function builderSteps(folder: string, attempt: number): Step[] {
  const known = readdirSync(folder).filter((name) => /^\d+$/.test(name));
  const last = Math.max(...known.map(Number));
  const turn = join(folder, String(Math.min(attempt, last)));
  const { summary = 'Done.', behaviour = 'submit' } = readTurn(turn);
  if (behaviour === 'dispute') {
    return [looksAround, uses(['dispute_verdict', { reason: summary }])];
  }
  return [looksAround, ...writes(turn), uses(['run_checks', {}]), uses(['submit', { summary }])];
}

const writes = (turn: string): Step[] =>
  filesIn(join(turn, 'files')).map((path) => {
    const content = readFileSync(join(turn, 'files', path), 'utf8');
    return uses(['write_file', { path, content }]);
  });

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}

/** Empty where nothing is scripted. */
function readTurn(folder: string): Record<string, unknown> {
  const file = join(folder, 'turn.yaml');
  return existsSync(file) ? (parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
}
