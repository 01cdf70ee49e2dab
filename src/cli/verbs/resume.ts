import { hostname } from 'node:os';
import { isHeld } from '../../core/person-rules.ts';
import type { ChangeBudget } from '../../core/commands/person.ts';
import { decide } from '../../core/decide.ts';
import { isOver } from '../../core/state.ts';
import { budgetCommand, type BudgetRequest } from '../../engine/budget-command.ts';
import type { Unstamped } from '../../engine/run-loop.ts';
import { belowSpent } from '../../engine/spent-budget.ts';
import type { RunRecord } from '../../engine/run-record.ts';
import type { SessionOptions } from '../../engine/run-session.ts';
import { drive } from '../drive.ts';
import type { Arguments } from '../arguments.ts';
import type { Opened, Session } from '../engine.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { refuse } from '../refuse.ts';
import type { Verb, VerbContext } from '../verb.ts';
import { sendRequest } from './send.ts';
import type { RunId } from '../../core/ids.ts';

/** Takes the run up here; where another process drives it, only ends its pause. */
export const resume: Verb = async (context, given) => {
  const scope = given.option('scope');
  if (scope !== null && budgetChange(given) === null) {
    const message = `--scope ${scope} says whose budget it is; give --tokens, --minutes, --usd or --turns too`;
    return refuse(context.terminal, message);
  }
  const found = await runToResume(context, given.run());
  if (!found.ok) {
    return refuse(context.terminal, found.message);
  }
  const { run, driver } = found.record;
  const goneHost = given.option('take-over-from') ?? undefined;
  if (driver !== null && driver.host !== goneHost) {
    if (goneHost !== undefined) {
      const message = `run ${run} is driven by process ${driver.pid} on ${driver.host}, and not on ${goneHost}`;
      return refuse(context.terminal, message);
    }
    return resumeElsewhere(context, found.record, driver, budgetChange(given));
  }
  using interrupt = listenForInterrupt(context.terminal);
  const open = (options: SessionOptions): Promise<Opened> =>
    context.engine.resumeRun(context.workspace, run, { ...options, goneHost });
  const change = budgetChange(given);
  const changing = change === null ? null : budgetCommand(change, context.by);
  if (changing?.ok === false) return refuse(context.terminal, changing.message);
  const refused = changing === null ? null : refusalOf(found.record, changing.command);
  if (refused !== null) return refuse(context.terminal, refused);
  const opened = async (session: Session): Promise<void> => {
    if (changing !== null) await session.ask(changing.command);
    await endPause(context, session);
  };
  return await drive(context, given, { open, opened }, interrupt);
};

/** What the rules would say, before anything is driven; the budget that it has already is no fault. */
function refusalOf({ state }: RunRecord, command: Unstamped<ChangeBudget>): string | null {
  const below = belowSpent(state, command);
  if (below !== null) return below;
  const decision = decide(state, { ...command, at: state.at });
  const refused = !decision.ok && decision.refusal.code !== 'same-budget';
  return refused ? decision.refusal.message : null;
}

/** null where no budget was given. */
function budgetChange(given: Arguments): BudgetRequest | null {
  const amount = (name: string): number | null => {
    const text = given.option(name);
    return text === null ? null : Number(text);
  };
  const bounds = {
    tokens: amount('tokens'),
    minutes: amount('minutes'),
    usd: amount('usd'),
    turns: amount('turns'),
    attempts: amount('attempts'),
  };
  const scope = given.option('scope') ?? 'run';
  return Object.values(bounds).every((value) => value === null) ? null : { scope, ...bounds };
}

async function endPause({ by }: VerbContext, session: Session): Promise<void> {
  if (isHeld(session.state)) await session.ask({ type: 'resume-run', by });
}

async function resumeElsewhere(
  context: VerbContext,
  { run, state }: RunRecord,
  driver: { readonly pid: number; readonly host: string },
  change: BudgetRequest | null,
): Promise<number> {
  if (change !== null) {
    const asked = budgetCommand(change, context.by);
    const below = asked.ok ? belowSpent(state, asked.command) : null;
    if (below !== null) return refuse(context.terminal, below);
    return sendRequest(context, run, { type: 'budget', ...change }, 'budget changed');
  }
  if (isHeld(state)) return sendRequest(context, run, { type: 'resume' }, 'resumed');
  const where = `process ${driver.pid} on ${driver.host}`;
  const gone = `; if that process has ended: ${context.program} resume ${run} --take-over-from ${driver.host}`;
  const told = driver.host === hostname() ? '' : gone;
  return refuse(context.terminal, `run ${run} is being driven already, by ${where}${told}`);
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
