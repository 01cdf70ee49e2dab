import { lstat, opendir, readdir, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../clock.ts';
import { replaceFile } from './durable.ts';
import { watchFolder } from './folder-watch.ts';
import {
  answerPath,
  commandPath,
  ensureInbox,
  inboxLimits,
  inboxPath,
  isCommandId,
  type Answer,
  type CommandId,
  type InboxCommand,
} from './inbox-folder.ts';
import { refuseEntry } from './inbox-refusal.ts';
import { RepeatedTask } from './repeated-task.ts';
import { parseObject, readSmallFile } from './small-file.ts';

export interface InboxOptions {
  /** Of real speed: it is compared with the times of files. */
  readonly clock: Clock;
  /** The journal's: commands whose events were durable when the last driver died. */
  readonly answered: ReadonlyMap<string, number>;
  /** In the order of the ids; each once. */
  readonly onCommand: (id: CommandId, command: InboxCommand) => void;
}

export type InboxOpening =
  | { readonly ok: true; readonly inbox: Inbox }
  | { readonly ok: false; readonly code: 'run-missing' | 'inbox-unsafe' };

const pollMs = 2_000;
const keptMs = 3_600_000;
const sweepEveryMs = 60_000;
/** A look at the inbox goes no further; what is beyond waits until there is room. */
const mostEntries = 5_000;
const temporary = /^\.[0-9a-f]{18}\.tmp$/;

/** The driver's end of a run's inbox: takes what other processes put there, and answers. */
export class Inbox implements AsyncDisposable {
  readonly #runFolder: string;
  readonly #options: InboxOptions;
  readonly #task: RepeatedTask;
  readonly #watch: Disposable;
  /** Handed on, and still in the folder as far as is known. */
  readonly #taken = new Set<CommandId>();
  #sweptAt = -Infinity;
  #ended = false;

  private constructor(runFolder: string, options: InboxOptions) {
    this.#runFolder = runFolder;
    this.#options = options;
    this.#task = new RepeatedTask(() => this.#look());
    const watching = { clock: options.clock, pollMs };
    this.#watch = watchFolder(inboxPath(runFolder), watching, () => this.#task.nudge());
    this.#task.nudge();
  }

  static async watch(runFolder: string, options: InboxOptions): Promise<InboxOpening> {
    const code = await ensureInbox(runFolder);
    return code === 'ready'
      ? { ok: true, inbox: new Inbox(runFolder, options) }
      : { ok: false, code };
  }

  /** Returns when every command that is there now has been handed on. */
  catchUp(): Promise<void> {
    return this.#task.run();
  }

  /** Tells whoever gave a command what became of it, and takes it away. */
  async answer(id: CommandId, answer: Answer): Promise<void> {
    await replaceFile(answerPath(this.#runFolder, id), JSON.stringify(answer));
    await this.acknowledge(id);
  }

  /** Takes a command away. Only when its events are durable: until then a crash repeats it. */
  async acknowledge(id: CommandId): Promise<void> {
    await rm(commandPath(this.#runFolder, id), { force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch[Symbol.dispose]();
    this.#ended = true;
    await this.#task.settled();
  }

  async #look(): Promise<void> {
    const waiting = await this.#waiting();
    for (const id of waiting.slice(0, inboxLimits.commands)) {
      if (this.#ended) return;
      if (!this.#taken.has(id)) await this.#take(id);
    }
    await this.#sweep();
  }

  /** Ids in order; everything that is no command is put aside. */
  async #waiting(): Promise<readonly CommandId[]> {
    const present = new Set<CommandId>();
    let entries = 0;
    for await (const { name } of await opendir(inboxPath(this.#runFolder))) {
      if (this.#ended || ++entries > mostEntries) break;
      const id = name.endsWith('.json') ? name.slice(0, -'.json'.length) : '';
      if (isCommandId(id)) present.add(id);
      else if (temporary.test(name)) await this.#removeOld(join(inboxPath(this.#runFolder), name));
      else if (name !== 'refused' && name !== 'answers') await this.#refuse(name, 'foreign-name');
    }
    if (entries <= mostEntries) {
      for (const id of this.#taken) if (!present.has(id)) this.#taken.delete(id);
    }
    return [...present].sort();
  }

  async #take(id: CommandId): Promise<void> {
    const seq = this.#options.answered.get(id);
    if (seq !== undefined) {
      await this.answer(id, { accepted: true, seq });
      return;
    }
    const path = commandPath(this.#runFolder, id);
    const file = await readSmallFile(path, inboxLimits.commandBytes);
    if (!file.ok) {
      if (file.code !== 'missing') await this.#refuse(`${id}.json`, file.code);
      return;
    }
    const command = parseObject(file.text);
    if (typeof command?.type !== 'string') {
      await this.#refuse(`${id}.json`, 'not-a-command');
      return;
    }
    if (this.#ended) return;
    this.#taken.add(id);
    this.#options.onCommand(id, command as InboxCommand);
  }

  #refuse(name: string, code: Parameters<typeof refuseEntry>[2]): Promise<void> {
    return refuseEntry(this.#runFolder, name, code, this.#options.clock.now());
  }

  /** Answers are kept for an hour: whoever has not asked by then is gone. */
  async #sweep(): Promise<void> {
    const now = this.#options.clock.monotonic();
    if (now - this.#sweptAt < sweepEveryMs) return;
    this.#sweptAt = now;
    const answers = dirname(answerPath(this.#runFolder, '' as CommandId));
    for (const name of await readdir(answers)) await this.#removeOld(join(answers, name));
  }

  async #removeOld(path: string): Promise<void> {
    const stats = await lstat(path).catch(() => null);
    const old = stats !== null && this.#options.clock.now() - stats.mtimeMs > keptMs;
    if (old && !stats.isDirectory()) await unlink(path).catch(() => undefined);
  }
}
