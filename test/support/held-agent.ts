import type { AgentLink, AgentProvider } from '../../src/engine/agents/agent.ts';
import type { AgentOutcome } from '../../src/engine/agents/outcome.ts';
import type { AgentTask } from '../../src/engine/agents/task.ts';

/** One agent at work; the test decides when and how it ends. */
export interface HeldCall {
  readonly task: AgentTask;
  readonly link: AgentLink;
  readonly signal: AbortSignal;
  readonly answer: (outcome: AgentOutcome) => void;
  readonly fail: (error: unknown) => void;
}

/** A provider whose agents do nothing until the test says so, not even when they are told to end. */
export class HeldAgents implements AgentProvider {
  readonly name = 'held';
  readonly metered = 'hard';
  /** All calls so far, in order. */
  readonly calls: HeldCall[] = [];
  readonly #playable: (task: AgentTask) => boolean;
  readonly #waiting: (() => void)[] = [];

  constructor(playable: (task: AgentTask) => boolean = () => true) {
    this.#playable = playable;
  }

  canPlay(task: AgentTask): Promise<boolean> {
    return Promise.resolve(this.#playable(task));
  }

  perform(task: AgentTask, link: AgentLink, signal: AbortSignal): Promise<AgentOutcome> {
    return new Promise((answer, fail) => {
      this.calls.push({ task, link, signal, answer, fail });
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** The n-th call, from 0, as soon as it is made. */
  async call(n: number): Promise<HeldCall> {
    for (;;) {
      const call = this.calls[n];
      if (call !== undefined) return call;
      await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }
}
