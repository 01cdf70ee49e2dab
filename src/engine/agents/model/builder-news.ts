import type { AgentLink } from '../agent.ts';
import type { ReceivedHandoff } from '../handoff.ts';
import { askedPart, handoffPart } from '../prompts/parts.ts';
import { partText } from '../prompts/prompt.ts';
import type { BuilderTask } from '../task.ts';
import type { AgentFiles } from '../tools/agent-files.ts';

/** Tells one builder what was handed to it, and what others want of it, each once. */
export class BuilderNews {
  readonly #link: Pick<AgentLink, 'receive' | 'asked'>;
  readonly #files: AgentFiles;
  readonly #folders = new Map<number, string>();
  readonly #asked: Set<number>;

  constructor(task: BuilderTask, link: Pick<AgentLink, 'receive' | 'asked'>, files: AgentFiles) {
    this.#link = link;
    this.#files = files;
    this.#asked = new Set(task.asked.map(({ handoff }) => handoff));
    for (const handoff of task.handoffs) this.#lay(handoff);
  }

  /** By which name the agent reaches a handoff's files; null where it has none. */
  folderOf(handoff: number): string | null {
    return this.#folders.get(handoff) ?? null;
  }

  /** What came, in words for the agent, which can read its files from now on. */
  tell(came: ReceivedHandoff): string {
    this.#lay(came);
    return partText(handoffPart(came, this.folderOf(came.handoff)));
  }

  /** What is new since it was asked last, in words for the agent. */
  async take(): Promise<readonly string[]> {
    const came = await this.#link.receive();
    const news = came.map((each) => `A handoff has come:\n${this.tell(each)}`);
    const asked = this.#link.asked().filter(({ handoff }) => !this.#asked.has(handoff));
    for (const { handoff } of asked) this.#asked.add(handoff);
    if (asked.length > 0) {
      const what = partText(askedPart(asked));
      news.push(`Others want something of this module; publish_handoff gives it to them:\n${what}`);
    }
    return news;
  }

  #lay({ handoff, folder }: ReceivedHandoff): void {
    if (folder !== null) this.#folders.set(handoff, this.#files.addHandoff(handoff, folder));
  }
}
