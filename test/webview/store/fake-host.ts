import type { Action, Answer, HostMessage, Question } from '../../../src/protocol/board.ts';
import type { Host } from '../../../src/webview/host.ts';

/** A host that a test plays: it says what the test makes it say, and remembers what it was told. */
export class FakeHost implements Host {
  readonly acts: Action[] = [];
  readonly asked: Question[] = [];
  resyncs = 0;
  state: unknown = null;
  #hear: ((message: HostMessage) => void) | null = null;

  act(action: Action): void {
    this.acts.push(action);
  }

  async ask(question: Question): Promise<Answer> {
    this.asked.push(question);
    return { about: 'failure', message: 'nobody answers' };
  }

  connect(hear: (message: HostMessage) => void): void {
    this.#hear = hear;
  }

  resync(): void {
    this.resyncs++;
  }

  kept(): unknown {
    return this.state;
  }

  keep(state: unknown): void {
    this.state = structuredClone(state);
  }

  say(message: HostMessage): void {
    if (this.#hear === null) throw new Error('nobody is connected');
    this.#hear(message);
  }
}
