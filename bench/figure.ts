/** One measured value, beside what it is held against. */
export interface Figure {
  /** Stays the same from one version to the next, so that figures can be compared. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** At most this; null where it is there to compare with. */
  readonly target: number | null;
  readonly note: string;
}

/** A group of figures that is measured in a process of its own. */
export interface Part {
  readonly name: string;
  measure(options: { readonly quick: boolean }): Promise<readonly Figure[]>;
}

export function figure(
  name: string,
  value: number,
  unit: string,
  target: number | null = null,
  note = '',
): Figure {
  return { name, value: Number(value.toPrecision(4)), unit, target, note };
}
