import { runId } from '../../core/ids.ts';
import { accountOf } from '../../core/projections/account.ts';
import { compareRuns } from '../../core/projections/compare-runs.ts';
import { compareText } from '../compare-text.ts';
import { warnOfDamage } from '../damage.ts';
import { refuse } from '../refuse.ts';
import type { Verb } from '../verb.ts';

export const compare: Verb = async ({ terminal, engine, workspace }, given) => {
  const named = given.run();
  const other = runId(given.positional('other') ?? '');
  if (named === other) return refuse(terminal, `${other} is the same run twice; name another`);
  const reads = [
    await engine.readRun(workspace, named),
    await engine.readRun(workspace, other),
  ] as const;
  const accounts = [];
  for (const read of reads) {
    if (!read.ok) return refuse(terminal, read.message);
    const accounted = accountOf(read.record.events);
    if (accounted === null) return refuse(terminal, `run ${read.record.run} never began`);
    warnOfDamage(terminal, read.record);
    accounts.push(accounted);
  }
  const [a, b] = accounts;
  if (a === undefined || b === undefined) throw new Error('two runs were read');
  const comparison = compareRuns(a, b);
  if (given.flag('json')) terminal.out(`${JSON.stringify(comparison, null, 2)}\n`);
  else terminal.out(compareText(comparison));
  return 0;
};
