/** Chance that can be repeated: the same seed gives the same numbers on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = mix(seed ^ 0x2545f491);
  }

  /** A generator of its own, whose use does not disturb this one. */
  fork(label: string): Random {
    return new Random(hashOf(label, this.#state));
  }

  /** 0 … 1, without 1. */
  fraction(): number {
    // Weyl's sequence through a mixer; its period is 2^32.
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return (mix(this.#state) >>> 0) / 2 ** 32;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to pick from');
    return items[this.between(0, items.length - 1)]!;
  }

  /** One of the keys, each as often as its weight says. */
  weighed<Key extends string>(weights: Readonly<Record<Key, number>>): Key {
    const keys = Object.keys(weights) as Key[];
    let left = this.fraction() * keys.reduce((sum, key) => sum + weights[key], 0);
    for (const key of keys) {
      left -= weights[key];
      if (left < 0) return key;
    }
    return keys[keys.length - 1]!;
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.between(0, 15).toString(16);
    return text;
  }
}

/** Every bit of the result depends on every bit of the number. */
function mix(number: number): number {
  let bits = number | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return bits ^ (bits >>> 16);
}

export function hashOf(text: string, seed = 0): number {
  let hash = mix(seed ^ text.length);
  for (let i = 0; i < text.length; i++) hash = mix(hash ^ text.charCodeAt(i)) + i;
  return hash | 0;
}

/** A fraction that is a fact about a text: always the same, and evenly spread. */
export function factOf(text: string, seed: number): number {
  return (hashOf(text, seed) >>> 0) / 2 ** 32;
}

/** Stands for a digest: 64 hex digits that depend on the text alone. */
export function digestOf(text: string): string {
  const random = new Random(hashOf(text, 1));
  return random.hex(64);
}
