import { chronicle } from '../../core/projections/chronicle.ts';
import { whyLines } from '../../core/projections/why-words.ts';
import { whyOf } from '../../core/projections/why.ts';
import { warnOfDamage } from '../damage.ts';
import { refuse } from '../refuse.ts';
import type { Verb } from '../verb.ts';

export const why: Verb = async ({ terminal, engine, workspace }, given) => {
  const read = await engine.readRun(workspace, given.run());
  const replayed = read.ok ? chronicle(read.record.events) : null;
  if (!read.ok || replayed === null) {
    return refuse(terminal, read.ok ? `run ${read.record.run} never began` : read.message);
  }
  const driven = read.record.driver !== null;
  // Where nobody drives it, the run's own clock stands still.
  const at = driven ? Math.max(terminal.now(), replayed.state.at) : replayed.state.at;
  const answer = whyOf(replayed, { asked: given.positional('module') ?? '', at, driven });
  if (!answer.ok) return refuse(terminal, answer.message);
  if (given.flag('json')) terminal.out(`${JSON.stringify(answer.why, null, 2)}\n`);
  else terminal.out(`${whyLines(answer.why).join('\n')}\n`);
  warnOfDamage(terminal, read.record);
  return 0;
};
