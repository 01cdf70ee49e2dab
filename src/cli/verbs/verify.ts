import { oneLine } from '../../core/projections/safe-text.ts';
import { refuse } from '../refuse.ts';
import type { Verb } from '../verb.ts';

const maxProblems = 100;

export const verify: Verb = async ({ terminal, engine, workspace }, given) => {
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
};
