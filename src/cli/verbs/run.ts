import { drive } from '../drive.ts';
import { listenForInterrupt } from '../interrupt.ts';
import type { Verb } from '../verb.ts';
import { preparePlan } from './prepare.ts';

export const run: Verb = async (context, given) => {
  using interrupt = listenForInterrupt(context.terminal);
  const { terminal, engine } = context;
  try {
    const prepared = await preparePlan(context, given, interrupt.signal);
    if (!prepared.ok) return interrupt.code ?? prepared.exit;
    for (const note of prepared.notes) terminal.err(`note: ${note}\n`);
    if (interrupt.code !== null) return interrupt.code;
    const open = engine.startRun.bind(engine, prepared.prepared);
    return await drive(context, given, { open }, interrupt);
  } catch (error) {
    // What was aborted on the way ends with errors of its own; nobody needs to see them.
    if (interrupt.code === null) throw error;
    return interrupt.code;
  }
};
