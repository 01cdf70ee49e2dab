import { oneLine } from '../../core/projections/safe-text.ts';
import { drive } from '../drive.ts';
import { listenForInterrupt } from '../interrupt.ts';
import type { Verb } from '../verb.ts';
import { preparePlan } from './prepare.ts';

export const run: Verb = async (context, given) => {
  using interrupt = listenForInterrupt(context.terminal);
  const { terminal, engine } = context;
  const prepared = await preparePlan(context, given, interrupt, (text) => terminal.err(text));
  if (!prepared.ok) return prepared.exit;
  for (const note of prepared.notes) terminal.err(`note: ${oneLine(note, 400)}\n`);
  const way = given.option('way') === 'sequential' ? 'sequential' : 'parallel';
  const open = engine.startRun.bind(engine, { ...prepared.prepared, way });
  return await drive(context, given, { open }, interrupt);
};
