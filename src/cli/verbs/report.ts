import { accountOf } from '../../core/projections/account.ts';
import { warnOfDamage } from '../damage.ts';
import { refuse } from '../refuse.ts';
import { reportJson } from '../report-json.ts';
import type { Verb } from '../verb.ts';

export const report: Verb = async ({ terminal, engine, workspace }, given) => {
  const read = await engine.readRun(workspace, given.run());
  if (!read.ok) {
    return refuse(terminal, read.message);
  }
  warnOfDamage(terminal, read.record);
  if (given.flag('json')) {
    const accounted = accountOf(read.record.events);
    if (accounted === null) return refuse(terminal, `run ${read.record.run} never began`);
    const { account, replayed } = accounted;
    terminal.out(`${JSON.stringify(reportJson(account, replayed, read.record.events), null, 2)}\n`);
    return 0;
  }
  const text = await engine.readReport(read.record);
  terminal.out(text.endsWith('\n') ? text : `${text}\n`);
  return 0;
};
