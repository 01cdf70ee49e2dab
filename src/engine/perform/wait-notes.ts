/**
 * How long one attempt waited for handoffs that did not come. Each is noted when it has been waited
 * for as long again as was noted before, so that a builder that waits in a loop writes few lines,
 * however many times it asks.
 */
export class WaitNotes {
  readonly #of = new Map<number, { notedMs: number; dueMs: number }>();

  /** What is to be noted now, in ms; 0: nothing. */
  add(handoff: number, waitedMs: number): number {
    const waits = this.#of.get(handoff) ?? { notedMs: 0, dueMs: 0 };
    this.#of.set(handoff, waits);
    waits.dueMs += waitedMs;
    if (waits.dueMs < 1 || waits.dueMs < waits.notedMs) return 0;
    const due = waits.dueMs;
    waits.notedMs += due;
    waits.dueMs = 0;
    return due;
  }

  /** It came: what was waited for it and is not noted yet. */
  settle(handoff: number): number {
    const due = this.#of.get(handoff)?.dueMs ?? 0;
    this.#of.delete(handoff);
    return due;
  }
}
