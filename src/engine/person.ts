import type { PersonCommand } from '../core/commands/person.ts';
import { decide } from '../core/decide.ts';
import type { RunId } from '../core/ids.ts';
import { systemClock, type Clock } from './clock.ts';
import { awaitAnswer, putCommand } from './journal/inbox-client.ts';
import type { Failed, PersonRequest } from './person-request.ts';
import { noSuchAgents } from './providers.ts';
import { buildCommand } from './build-command.ts';
import type { Unstamped } from './run-loop.ts';
import { readRun, type RunRecord } from './run-record.ts';
import type { RunSession } from './run-session.ts';
import { resumeRun } from './start-run.ts';

export type Sent =
  | {
      readonly ok: true;
      /** `not-answered-yet`: left for whoever drives the run, and is busy. */
      readonly how: 'done' | 'left-for-resume' | 'not-answered-yet';
      /** What whoever asked for it should know of it. */
      readonly notes?: readonly string[];
    }
  | Failed;

const answerTimeoutMs = 15_000;

const onlyInEditor =
  'vscode-lm agents are there in VS Code alone: go on with the run there, or name agents from elsewhere; another driver leaves the pool as it is';

/**
 * Brings a person's command to a run from whichever process: through the inbox where somebody
 * drives it; else it is tried on the journal, and left in the inbox for the next driver.
 */
export async function sendCommand(
  workspace: string,
  run: RunId,
  request: PersonRequest,
  by = 'command line',
): Promise<Sent> {
  const read = await readRun(workspace, run);
  return read.ok ? bringCommand(workspace, read.record, request, by) : read;
}

/** A run as far as bringing it a command goes; whoever follows it knows all this already. */
export type Addressee = Pick<RunRecord, 'run' | 'folder' | 'state' | 'driver'>;

/** The same for a run that was read before. */
export async function bringCommand(
  workspace: string,
  record: Addressee,
  request: PersonRequest,
  by: string,
  clock: Clock = systemClock(),
): Promise<Sent> {
  const built = await buildCommand(workspace, record, request, by);
  if (!built.ok) return built;
  const { command } = built;
  const notes = [...(built.notes ?? [])];
  if (record.driver === null) {
    // Nobody is there to answer, so the rules answer here, on what is recorded.
    const decision = decide(record.state, { ...command, at: record.state.at });
    if (!decision.ok) return { ok: false, ...decision.refusal };
    if (request.type === 'cancel') return cancelHere(workspace, record.run, command);
    if (request.type === 'agents') {
      const none = noSuchAgents(request.agent);
      if (none !== null) return none;
      if (request.agent === 'vscode-lm') notes.push(onlyInEditor);
    }
  }
  const told = notes.length === 0 ? {} : { notes };
  const put = await putCommand(record.folder, { ...command }, { clock });
  if (!put.ok) return put;
  if (record.driver === null) return { ok: true, how: 'left-for-resume', ...told };
  const answer = await awaitAnswer(record.folder, put.id, { clock, timeoutMs: answerTimeoutMs });
  if (answer === null) return { ok: true, how: 'not-answered-yet', ...told };
  return answer.accepted ? { ok: true, how: 'done', ...told } : { ok: false, ...answer };
}

/** A cancelled run ends in its postmortem, so somebody must drive it there. */
async function cancelHere(
  workspace: string,
  run: RunId,
  command: Unstamped<PersonCommand>,
): Promise<Sent> {
  const opened = await resumeRun(workspace, run, {
    agents: null,
    script: null,
    models: null,
    speed: 1,
    autoApprove: false,
    stayOpen: false,
    observe: () => undefined,
    onNote: () => undefined,
  });
  if (!opened.ok) return opened;
  await using session: RunSession = opened.session;
  const refusal = await session.ask(command);
  if (refusal !== null) return { ok: false, ...refusal };
  await session.finished;
  return { ok: true, how: 'done' };
}
