import { checkEvidenceLines, checkLine } from '../../core/projections/check-words.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Benched } from '../../engine/check-again.ts';
import { keysOf } from '../../engine/known-keys.ts';
import type { Arguments } from '../arguments.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { modelOptions } from '../model-options.ts';
import { refuse } from '../refuse.ts';
import type { Verb, VerbContext } from '../verb.ts';

const maxProblems = 100;

export const verify: Verb = async (context, given) => {
  const node = given.option('checks');
  return node === null ? verifyRun(context, given) : runChecksAgain(context, given, node);
};

async function verifyRun(
  { terminal, engine, workspace }: VerbContext,
  given: Arguments,
): Promise<number> {
  const verified = await engine.verifyRun(workspace, given.run());
  if (!verified.ok) {
    return refuse(terminal, verified.message);
  }
  const { run, problems, checked } = verified;
  const what = `${checked.events} events, ${checked.seals} seals`;
  if (problems.length === 0) {
    terminal.out(`run ${run} is whole: ${what}\n`);
    terminal.out('  (that finds accidents and edits, not somebody who rewrote all of it)\n');
    return 0;
  }
  terminal.out(`run ${run} is not as it was recorded (${what} checked):\n`);
  for (const problem of problems.slice(0, maxProblems)) {
    terminal.out(`  ${oneLine(problem, 300)}\n`);
  }
  const left = problems.length - maxProblems;
  if (left > 0) terminal.out(`  … and ${left} more\n`);
  return 1;
}

async function runChecksAgain(
  { terminal, engine, workspace, env }: VerbContext,
  given: Arguments,
  node: string,
): Promise<number> {
  using interrupt = listenForInterrupt(terminal);
  const { signal } = interrupt;
  const keys = keysOf(modelOptions(given, env).service);
  const checked = await engine
    .checkAgain({
      ...{ workspace, run: given.run(), node, only: null, keys, signal },
      onProgress: (says) => terminal.err(`${oneLine(says)}\n`),
    })
    .catch((error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    });
  if (checked === null) {
    terminal.err('interrupted; nothing of it is kept\n');
    return interrupt.code ?? 130;
  }
  if (!checked.ok) return refuse(terminal, checked.message);
  const { run, gate, against, results } = checked;
  terminal.out(`${nodeName(gate)} of run ${run}: checks run on ${benchWords(against)}\n`);
  for (const result of results) {
    terminal.out(`  ${checkLine(result)}\n`);
    for (const line of checkEvidenceLines(result)) terminal.out(`    ${line}\n`);
  }
  terminal.out('  (the run is as it was: this is no verdict)\n');
  return results.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
}

function benchWords(against: Benched): string {
  const tree = against.tree.slice(0, 12);
  if (against.kind === 'composition') return `the seals together, ${tree}`;
  return against.kind === 'seal'
    ? `its seal of contract v${against.version}, ${tree}`
    : `what attempt ${against.attempt} handed in, ${tree}`;
}
