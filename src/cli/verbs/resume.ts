import { isHeld } from '../../core/person-rules.ts';
import { isOver } from '../../core/state.ts';
import { budgetCommand, type BudgetChange } from '../../engine/budget-command.ts';
import type { RunRecord } from '../../engine/run-record.ts';
import { drive } from '../drive.ts';
import type { Arguments } from '../arguments.ts';
import type { Session } from '../engine.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { refuse } from '../refuse.ts';
import type { Verb, VerbContext } from '../verb.ts';
import { sendRequest } from './send.ts';
import type { RunId } from '../../core/ids.ts';

/** Takes the run up here; where another process drives it, only ends its pause. */
export const resume: Verb = async (context, given) => {
  const found = await runToResume(context, given.run());
  if (!found.ok) {
    return refuse(context.terminal, found.message);
  }
  const { run, driver } = found.record;
  if (driver !== null) return resumeElsewhere(context, found.record, driver, budgetChange(given));
  using interrupt = listenForInterrupt(context.terminal);
  const open = context.engine.resumeRun.bind(context.engine, context.workspace, run);
  const change = budgetChange(given);
  const opened = async (session: Session): Promise<void> => {
    if (change !== null) await session.ask(budgetCommand(session.state, change, context.by));
    await endPause(context, session);
  };
  return await drive(context, given, { open, opened }, interrupt);
};

/** null where no budget was given. */
function budgetChange(given: Arguments): BudgetChange | null {
  const amount = (name: string): number | null => {
    const text = given.option(name);
    return text === null ? null : Number(text);
  };
  const change = { tokens: amount('tokens'), minutes: amount('minutes'), usd: amount('usd') };
  return Object.values(change).every((value) => value === null) ? null : change;
}

async function endPause({ by }: VerbContext, session: Session): Promise<void> {
  if (isHeld(session.state)) await session.ask({ type: 'resume-run', by });
}

async function resumeElsewhere(
  context: VerbContext,
  { run, state }: RunRecord,
  driver: { readonly pid: number; readonly host: string },
  change: BudgetChange | null,
): Promise<number> {
  if (change !== null) {
    return sendRequest(context, run, { type: 'budget', ...change }, 'budget changed');
  }
  if (isHeld(state)) return sendRequest(context, run, { type: 'resume' }, 'resumed');
  const where = `process ${driver.pid} on ${driver.host}`;
  return refuse(context.terminal, `run ${run} is being driven already, by ${where}`);
}

/** Also a run that is over, where somebody asked to reopen a module of it. */
const canGoOn = ({ state, waiting }: RunRecord): boolean => !isOver(state) || waiting > 0;

type Found =
  | { readonly ok: true; readonly record: RunRecord }
  | { readonly ok: false; readonly message: string };

/** The one that was named, or the latest that is not over. */
async function runToResume(
  { engine, workspace }: VerbContext,
  wanted: RunId | null,
): Promise<Found> {
  if (wanted !== null) {
    const read = await engine.readRun(workspace, wanted);
    if (!read.ok || canGoOn(read.record)) return read;
    return {
      ok: false,
      message: `run ${wanted} is over; \`ashlar report ${wanted}\` tells how it went`,
    };
  }
  for (const run of [...(await engine.listRuns(workspace))].reverse()) {
    const read = await engine.readRun(workspace, run);
    if (read.ok && canGoOn(read.record)) return read;
  }
  return { ok: false, message: 'there is no run to go on with in this folder' };
}
