/** As a run names its notes, and people who want theirs to be looked at. */
const dated = /^\d{4}-\d\d-\d\d/;

/**
 * The newest of any number of names, whatever order they come in; never holds more than twice as many.
 * Those with a date come first, the latest first; the others behind them, by code units from the end.
 */
export class NewestNames {
  readonly #most: number;
  #names: string[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(name: string): void {
    this.#names.push(name);
    if (this.#names.length >= 2 * this.#most) this.#names = this.list();
  }

  list(): string[] {
    return this.#names.sort(byAge).slice(0, this.#most);
  }
}

function byAge(a: string, b: string): number {
  const [isDated, other] = [dated.test(a), dated.test(b)];
  if (isDated !== other) return isDated ? -1 : 1;
  return a < b ? 1 : a > b ? -1 : 0;
}
