import type { Answer, Question } from '../../src/protocol/board.ts';
import { host } from '../../src/webview/host.ts';

const real = { ...host };

/** What the editor knows for as long as a test runs; whatever it is not told of fails. */
export class Answers {
  readonly asked: Question[] = [];
  readonly #by: (question: Question) => Answer | null;

  constructor(by: (question: Question) => Answer | null = () => null) {
    this.#by = by;
    host.ask = async (question) => {
      this.asked.push(question);
      return this.#by(question) ?? { about: 'failure', message: 'The store cannot be read' };
    };
  }

  close(): void {
    host.ask = real.ask.bind(host);
  }
}
