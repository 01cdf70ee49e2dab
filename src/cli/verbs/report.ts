import { oneLine } from '../../core/projections/safe-text.ts';
import type { Verb } from '../verb.ts';

export const report: Verb = async ({ terminal, engine, workspace }, given) => {
  const read = await engine.readRun(workspace, given.run());
  if (!read.ok) {
    terminal.err(`ashlar: ${oneLine(read.message, 600)}\n`);
    return 2;
  }
  const text = await engine.readReport(read.record);
  terminal.out(text.endsWith('\n') ? text : `${text}\n`);
  return 0;
};
