import type { RunEvent } from '../../src/core/events.ts';
import type { Digest } from '../../src/core/ids.ts';
import { beginning, encodeDecision, type JournalPosition } from '../../src/engine/journal/codec.ts';
import { readJournal } from '../../src/engine/journal/read-journal.ts';
import type { RunJournal } from '../../src/engine/run-loop.ts';

/** A journal's bytes, which outlive the processes that write them. */
export class Disk {
  readonly #plan: Digest;
  #parts: Uint8Array[] = [];

  constructor(plan: Digest) {
    this.#plan = plan;
  }

  get bytes(): Buffer {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [bytes];
    return bytes;
  }

  append(bytes: Uint8Array): void {
    this.#parts.push(bytes);
  }

  /** As a new driver finds it: what a crash left of a decision is cut off. */
  open(): { readonly events: readonly RunEvent[]; readonly head: JournalPosition; torn: boolean } {
    const read = readJournal<RunEvent>(this.bytes, { planDigest: this.#plan });
    const [problem] = read.problems;
    if (problem !== undefined) throw new Error(`line ${problem.line}: ${problem.message}`);
    const head = read.head ?? beginning(this.#plan);
    this.#parts = [this.bytes.subarray(0, head.end)];
    return { events: read.events, head, torn: read.dropped !== null };
  }
}

/** What a process may meet when it writes. */
export interface Weather {
  /** Time that a sync takes; rejects when the process is killed meanwhile. */
  sync(): Promise<void>;
  /** How many of these bytes are written before the process dies; null where it lives. */
  survives(bytes: number): number | null;
}

/** One driver's end of the journal: the real lines, in memory. */
export class SimulatedJournal implements RunJournal {
  readonly #disk: Disk;
  readonly #weather: Weather;
  readonly #durable: (events: readonly RunEvent[]) => void;
  #head: JournalPosition;
  #waiting: { readonly bytes: Buffer; readonly events: readonly RunEvent[] }[] = [];
  flushing = false;

  /** `durable` is told of each decision that will survive. */
  constructor(
    disk: Disk,
    head: JournalPosition,
    weather: Weather,
    durable: (events: readonly RunEvent[]) => void,
  ) {
    this.#disk = disk;
    this.#head = head;
    this.#weather = weather;
    this.#durable = durable;
  }

  /** Decisions that a crash may have left on the disk, or not. */
  get undecided(): readonly (readonly RunEvent[])[] {
    return this.#waiting.map(({ events }) => events);
  }

  enqueue(events: readonly RunEvent[], cause: string | null): void {
    const decision = cause === null ? { events } : { events, command: cause };
    const { bytes, head } = encodeDecision(decision, this.#head);
    this.#head = head;
    this.#waiting.push({ bytes, events });
  }

  async flush(): Promise<void> {
    this.flushing = true;
    try {
      await this.#weather.sync();
      const bytes = Buffer.concat(this.#waiting.map((each) => each.bytes));
      const survives = this.#weather.survives(bytes.length);
      this.#disk.append(bytes.subarray(0, survives ?? bytes.length));
      if (survives !== null) throw new Error('the process was killed while it wrote');
      for (const { events } of this.#waiting.splice(0)) this.#durable(events);
    } finally {
      this.flushing = false;
    }
  }
}
