/** No message of ours comes near this; what is longer is not kept. */
const maxLineBytes = 1_000_000;

/** Cuts what comes in into lines; one that is longer than any of ours is told as what it is, not kept. */
export class Lines {
  readonly #onLine: (line: string) => void;
  #parts: Buffer[] = [];
  #bytes = 0;
  #skips = false;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  take(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      this.#keep(chunk.subarray(from, at));
      this.#end();
      from = at + 1;
    }
    this.#keep(chunk.subarray(from));
  }

  /** Nothing comes after this: what there is without an end of its own is a line, too. */
  end(): void {
    this.#end();
  }

  #keep(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#skips) return;
    if (this.#bytes > maxLineBytes) {
      this.#skips = true;
      this.#parts = [];
      this.#onLine(`a line of over ${maxLineBytes} bytes`);
      return;
    }
    if (part.length > 0) this.#parts.push(part);
  }

  #end(): void {
    const line = this.#skips ? '' : Buffer.concat(this.#parts).toString('utf8').trim();
    this.#parts = [];
    this.#bytes = 0;
    this.#skips = false;
    if (line !== '') this.#onLine(line);
  }
}
