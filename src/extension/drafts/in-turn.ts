/** Lets what is done to one thing be done one after the other; different things do not wait. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(thing: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(thing) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.#last.set(thing, mine);
    const leave = (): void => {
      if (this.#last.get(thing) === mine) this.#last.delete(thing);
    };
    mine.then(leave, leave);
    return mine;
  }
}
