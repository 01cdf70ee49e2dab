import { refuse } from '../refuse.ts';
import type { Verb } from '../verb.ts';

export const report: Verb = async ({ terminal, engine, workspace }, given) => {
  const read = await engine.readRun(workspace, given.run());
  if (!read.ok) {
    return refuse(terminal, read.message);
  }
  const text = await engine.readReport(read.record);
  terminal.out(text.endsWith('\n') ? text : `${text}\n`);
  return 0;
};
