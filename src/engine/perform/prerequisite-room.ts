import { bwrapArguments } from '../gates/bwrap.ts';
import type { ProvidedFolder } from '../gates/check-request.ts';
import { provide } from '../gates/check-runner.ts';
import { childEnvironment } from '../gates/child-environment.ts';
import { runChild, type ChildEnd } from '../gates/child.ts';
import { chooseSandbox, detectSandbox, type SandboxMode } from '../gates/sandbox.ts';
import { makeScratch } from '../gates/scratch.ts';

/** What became of a prerequisite; `says` is what is missing, for a person. */
export type Found = { readonly ok: true } | { readonly ok: false; readonly says: string };

export const holds: Found = { ok: true };
export const missing = (says: string): Found => ({ ok: false, says });

/** What prerequisites are looked for in. */
export interface PrerequisiteRoom {
  /** The environment that this process has. */
  readonly env: NodeJS.ProcessEnv;
  readonly sandbox: SandboxMode;
  /** The id that every process of theirs carries. */
  readonly effect: string;
  readonly signal: AbortSignal;
  /** A folder of its own with the base in it, for the prerequisite of this name. */
  readonly base: (name: string) => Promise<RoomFolder>;
  /** What set-up has made, laid over the base. */
  readonly provided: readonly ProvidedFolder[];
}

export interface RoomFolder extends AsyncDisposable {
  readonly path: string;
}

export interface RoomCommand {
  /** The name of the prerequisite, where it runs on the base; null: in an empty folder. */
  readonly on: string | null;
  /** A line for the shell, or a program and its arguments. */
  readonly command: string | readonly string[];
  /** Names of variables that it is given beside the usual ones. */
  readonly pass: readonly string[];
  readonly timeoutMs: number;
  readonly input: string | null;
  /** Sees what it says; `end` ends it as soon as enough was seen. */
  readonly onStdout: (chunk: Buffer, end: () => void) => void;
}

const outputLimitBytes = 64 * 1024;

/** Runs a command in a folder of its own, where there is a sandbox inside it, with the network. */
export async function runInRoom(
  room: PrerequisiteRoom,
  { on, command, pass, timeoutMs, input, onStdout }: RoomCommand,
): Promise<ChildEnd | { readonly refused: string }> {
  const choice = chooseSandbox(room.sandbox, await detectSandbox());
  if (!choice.ok) return { refused: choice.message };
  const sandboxed = choice.sandbox !== null;
  await using scratch = await makeScratch();
  await using base = on === null ? null : await room.base(on);
  const cwd = base?.path ?? scratch.exchange;
  const provided = base === null ? [] : room.provided;
  await provide({ provided }, cwd, sandboxed);
  const env = childEnvironment(room.env, pass, scratch, room.effect);
  const writable = [scratch.home, scratch.temporary].map((source) => ({ source, target: source }));
  const inside = { tree: cwd, writable, provided, network: true, read: [], path: env.PATH ?? '' };
  const enough = new AbortController();
  const end = await runChild({
    ...{ command, cwd, env, timeoutMs, outputLimitBytes, input },
    ...{ effect: room.effect, ownsCwd: true },
    signal: AbortSignal.any([room.signal, enough.signal]),
    confine: sandboxed ? (argv) => ['bwrap', ...bwrapArguments(inside), ...argv] : null,
    onStdout: (chunk) => onStdout(chunk, () => enough.abort()),
  });
  room.signal.throwIfAborted();
  return end;
}
