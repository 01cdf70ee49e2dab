import { toldIn } from '../../core/phrase.ts';
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../clock.ts';
import { replaceFile } from './durable.ts';
import { watchFolder } from './folder-watch.ts';
import {
  answerPath,
  commandPath,
  ensureInbox,
  inboxLimits,
  inboxPath,
  newCommandId,
  type Answer,
  type CommandId,
  type InboxCommand,
} from './inbox-folder.ts';
import { RepeatedTask } from './repeated-task.ts';
import { parseObject, readSmallFile } from './small-file.ts';

export type CommandPut =
  | { readonly ok: true; readonly id: CommandId }
  | {
      readonly ok: false;
      readonly code: 'run-missing' | 'inbox-unsafe' | 'inbox-full' | 'command-too-large';
      readonly message: string;
    };

const messages = {
  'run-missing': 'There is no such run.',
  'inbox-unsafe': 'The inbox of this run is not a folder of its own. Remove it and try again.',
  'inbox-full': 'Too many commands wait already. Start the run, so that somebody takes them.',
  'command-too-large': 'The command is larger than 1 MiB.',
} as const;

const answerPollMs = 250;
const largestAnswerBytes = 64 * 1024;

/** Gives a command to whoever drives the run, now or later. */
export async function putCommand(
  runFolder: string,
  command: InboxCommand,
  { clock }: { readonly clock: Clock },
): Promise<CommandPut> {
  const text = JSON.stringify(command);
  if (Buffer.byteLength(text) > inboxLimits.commandBytes) return failed('command-too-large');
  const inbox = await ensureInbox(runFolder);
  if (inbox !== 'ready') return failed(inbox);
  const waiting = (await readdir(inboxPath(runFolder))).filter((name) => name.endsWith('.json'));
  if (waiting.length >= inboxLimits.commands) return failed('inbox-full');
  const id = newCommandId(clock.now());
  await replaceFile(commandPath(runFolder, id), text);
  return { ok: true, id };
}

function failed(code: keyof typeof messages): CommandPut {
  return { ok: false, code, message: messages[code] };
}

export interface AwaitOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** What became of a command; null if nothing is known in time. Rejects when aborted. */
export async function awaitAnswer(
  runFolder: string,
  id: CommandId,
  { clock, timeoutMs, signal }: AwaitOptions,
): Promise<Answer | null> {
  const path = answerPath(runFolder, id);
  const done = new AbortController();
  const signals = signal === undefined ? [done.signal] : [done.signal, signal];
  const timeout = clock.sleep(timeoutMs, AbortSignal.any(signals)).then(() => null);
  let answered = (_answer: Answer): void => undefined;
  const answer = new Promise<Answer>((resolve) => (answered = resolve));
  const look = new RepeatedTask(async () => {
    const found = await readAnswer(path);
    if (found !== null) answered(found);
  });
  using _watch = watchFolder(dirname(path), { clock, pollMs: answerPollMs }, () => look.nudge());
  look.nudge();
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    done.abort();
  }
}

async function readAnswer(path: string): Promise<Answer | null> {
  const file = await readSmallFile(path, largestAnswerBytes);
  const value = file.ok ? parseObject(file.text) : null;
  if (value === null) return null;
  const { accepted, seq, code, message, words } = value;
  if (accepted === true && typeof seq === 'number') return { accepted, seq };
  const refused = accepted === false && typeof code === 'string' && typeof message === 'string';
  return refused ? { accepted: false, code, ...toldIn(message, words) } : null;
}
