import type { AgentLink } from '../agent.ts';
import type { AskingStep, GivingStep } from './turn.ts';

/** What a scripted builder gives and asks for, and what it says of that. */
export class ScriptedHands {
  readonly #link: AgentLink;
  readonly #say: (text: string) => void;

  constructor(link: AgentLink, say: (text: string) => void) {
    this.#link = link;
    this.#say = say;
  }

  async give({ to, items, partial, note, files }: GivingStep): Promise<void> {
    const refused = await this.#link.handoff({ to, items, partial, note, files });
    const whom = to ?? 'whoever asked';
    const what = `${items.join(', ')} to ${whom}`;
    this.#say(refused === null ? `gives ${what}` : `cannot give ${what}: ${refused.message}`);
  }

  /** `sleep`: until the turn's time is over, or the signal aborts. */
  async ask(
    { from, items, wait }: AskingStep,
    sleep: (until: AbortSignal) => Promise<void>,
    told: AbortSignal,
  ): Promise<void> {
    const what = `${items.join(', ')} from ${from}`;
    const answer = await this.#link.request({ from, items });
    if (!answer.ok) {
      this.#say(`cannot ask for ${what}: ${answer.message}`);
      return;
    }
    const [first] = answer.goOnWith;
    const goesOn = first === undefined ? 'goes on' : `goes on with ${first}`;
    if (!wait) {
      this.#say(`asked for ${what}; ${goesOn}`);
      return;
    }
    this.#say(`waits for ${what}`);
    const patience = new AbortController();
    const until = AbortSignal.any([patience.signal, told]);
    // Whichever is first: what it waits for, or the end of its time.
    void sleep(until).then(
      () => patience.abort(),
      () => undefined,
    );
    const came = await this.#link.awaitHandoff(answer.handoff, until);
    patience.abort();
    this.#say(came === null ? `${goesOn} without ${what}` : `has ${what}`);
  }
}
