import { oneLine } from '../../../core/projections/safe-text.ts';
import { notBesideFailure, overAlready } from '../endings.ts';
import type { AgentOutcome } from '../outcome.ts';
import { refuse } from '../tools/define-tool.ts';
import type { Tool, ToolAnswer, Unspent } from '../tools/tool.ts';
import type { ToolResult, ToolUse } from './chat-model.ts';

/** What the tools of one reply came to. */
export interface ToolsRun {
  /** In the order in which they were asked for. */
  readonly results: readonly ToolResult[];
  /** The task's answer where one of them gave it. */
  readonly ends: Unspent<AgentOutcome> | null;
}

/** More in one reply are refused. */
const maxAtOnce = 50;

/** Runs the tools that one reply asks for: those that only look side by side, the rest in their order. */
export class ToolRunner {
  readonly #tools: ReadonlyMap<string, Tool>;
  readonly #onUse: (use: ToolUse) => void;

  constructor(tools: readonly Tool[], onUse: (use: ToolUse) => void) {
    this.#tools = new Map(tools.map((tool) => [tool.name, tool]));
    this.#onUse = onUse;
  }

  /** Rejects with the signal's reason alone. */
  async run(uses: readonly ToolUse[], signal: AbortSignal): Promise<ToolsRun> {
    const answers = new Map<ToolUse, ToolAnswer>();
    const [last, before] = this.#parted(uses);
    let looking: ToolUse[] = [];
    const look = async (): Promise<void> => {
      const seen = await Promise.all(looking.map((use) => this.#one(use, signal)));
      for (const [index, use] of looking.entries()) answers.set(use, seen[index] ?? lost);
      looking = [];
    };
    for (const use of before) {
      if (this.#tools.get(use.name)?.effect === 'reads') {
        looking.push(use);
        continue;
      }
      await look();
      answers.set(use, await this.#one(use, signal));
    }
    await look();
    const failed = [...answers].find(([, { ok }]) => !ok)?.[0];
    let ends: Unspent<AgentOutcome> | null = null;
    for (const use of last) {
      const answered: ToolAnswer =
        ends !== null
          ? overAlready
          : failed === undefined
            ? await this.#one(use, signal)
            : notBesideFailure(failed.name);
      answers.set(use, answered);
      ends ??= answered.ends ?? null;
    }
    const results = uses.map((use) => resultOf(use, answers.get(use) ?? tooMany));
    return { results, ends };
  }

  /** What ends the task comes after everything else, wherever it stands. */
  #parted(uses: readonly ToolUse[]): [ToolUse[], ToolUse[]] {
    const some = uses.slice(0, maxAtOnce);
    const isLast = ({ name }: ToolUse): boolean => this.#tools.get(name)?.effect === 'ends';
    return [some.filter(isLast), some.filter((use) => !isLast(use))];
  }

  async #one(use: ToolUse, signal: AbortSignal): Promise<ToolAnswer> {
    signal.throwIfAborted();
    const tool = this.#tools.get(use.name);
    if (tool === undefined) {
      const names = [...this.#tools.keys()].join(', ');
      return refuse(
        `There is no tool ${JSON.stringify(oneLine(use.name, 60))}. You have ${names}.`,
      );
    }
    this.#onUse(use);
    return tool.run(use.input, signal);
  }
}

const lost = refuse('It was not run.');
const tooMany = refuse(`At most ${maxAtOnce} tools are run in one turn; ask for this one again.`);

const resultOf = ({ id }: ToolUse, { ok, text }: ToolAnswer): ToolResult => ({
  kind: 'tool-result',
  ...{ id, ok, text: text === '' ? '[nothing]' : text },
});
