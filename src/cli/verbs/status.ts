import { handoffRows } from '../../core/projections/handoffs.ts';
import { runStatus } from '../../core/projections/run-status.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { streamProgress } from '../../core/projections/stream-progress.ts';
import { chronicle } from '../../core/projections/chronicle.ts';
import { inputAccount, usageAccount } from '../../core/projections/usage-account.ts';
import { statusJson } from '../status-json.ts';
import { statusText } from '../status-text.ts';
import { warnOfDamage } from '../damage.ts';
import { refuse } from '../refuse.ts';
import type { Verb } from '../verb.ts';

export const status: Verb = async ({ terminal, engine, workspace, program }, given) => {
  const read = await engine.readRun(workspace, given.run());
  const replayed = read.ok ? chronicle(read.record.events) : null;
  if (!read.ok || replayed === null) {
    const message = read.ok ? `run ${read.record.run} never began` : read.message;
    return refuse(terminal, message);
  }
  const { torn, driver } = read.record;
  // The driver's clock may be a little ahead of ours.
  const at = Math.max(terminal.now(), replayed.state.at);
  // Where nobody drives it, the run's own clock stands still.
  const moment = driver === null ? replayed.state.at : at;
  const run = runStatus(replayed, moment);
  const handoffs = handoffRows(replayed.state, moment);
  const streams = streamProgress(replayed, moment);
  const usage = usageAccount(replayed.state, replayed.costs);
  const input = inputAccount(replayed.state, replayed.input);
  const shown = { run, streams, handoffs, usage, input, driver, at, program };
  if (given.flag('json')) terminal.out(`${JSON.stringify(statusJson(shown), null, 2)}\n`);
  else terminal.out(statusText(shown));
  warnOfDamage(terminal, read.record);
  if (torn !== null && driver === null) terminal.err(`journal: ${oneLine(torn, 300)}\n`);
  return 0;
};
