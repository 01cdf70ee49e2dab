/** What is kept of an output: its beginning and its end, with what lay between counted. */
export interface HeadTail {
  readonly head: string;
  /** Empty where the head holds everything. */
  readonly tail: string;
  readonly droppedBytes: number;
}

/** Keeps at most `limitBytes` (and one chunk) of a stream, whatever its length. */
export class HeadTailBuffer {
  readonly #headLimit: number;
  readonly #tailLimit: number;
  readonly #head: Buffer[] = [];
  #headBytes = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #droppedBytes = 0;

  constructor(limitBytes: number) {
    this.#headLimit = Math.ceil(limitBytes / 2);
    this.#tailLimit = limitBytes - this.#headLimit;
  }

  push(chunk: Buffer): void {
    const room = this.#headLimit - this.#headBytes;
    const first = chunk.subarray(0, Math.max(0, room));
    if (first.length > 0) {
      this.#head.push(first);
      this.#headBytes += first.length;
    }
    const rest = chunk.subarray(first.length);
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailBytes += rest.length;
    this.#trim();
  }

  /** Drops whole chunks that lie before the tail; joins small ones, so that their number is bounded. */
  #trim(): void {
    for (;;) {
      const oldest = this.#tail[0];
      if (oldest === undefined || this.#tailBytes - oldest.length < this.#tailLimit) break;
      this.#tail.shift();
      this.#tailBytes -= oldest.length;
      this.#droppedBytes += oldest.length;
    }
    if (this.#tail.length > 256) this.#tail = [Buffer.concat(this.#tail)];
  }

  end(): HeadTail {
    const tail = Buffer.concat(this.#tail);
    const excess = Math.max(0, tail.length - this.#tailLimit);
    const dropped = this.#droppedBytes + excess;
    if (dropped === 0) {
      return { head: Buffer.concat([...this.#head, tail]).toString(), tail: '', droppedBytes: 0 };
    }
    return {
      head: Buffer.concat(this.#head).toString(),
      tail: tail.subarray(excess).toString(),
      droppedBytes: dropped,
    };
  }
}

/** Both ends in one text, with what is left out said between them. */
export function headTailText(output: HeadTail): string {
  if (output.droppedBytes === 0) return output.head + output.tail;
  return `${output.head}\n… ${output.droppedBytes} bytes left out …\n${output.tail}`;
}
