/**
 * What work may cost or has cost, in whole units. Minutes of a plan become `ms`, money is
 * micro-dollars, so that sums never round.
 */
export interface Amount {
  readonly tokens: number;
  readonly microUsd: number;
  readonly turns: number;
  readonly ms: number;
}

/** What can be used up, in words: of an amount, and how often a module may be tried. */
export const unitWords: Readonly<Record<keyof Amount | 'attempts', string>> = {
  tokens: 'tokens',
  microUsd: 'money',
  turns: 'turns',
  ms: 'minutes',
  attempts: 'attempts',
};

export const zeroAmount: Amount = { tokens: 0, microUsd: 0, turns: 0, ms: 0 };

export function addAmounts(a: Amount, b: Amount): Amount {
  return {
    tokens: a.tokens + b.tokens,
    microUsd: a.microUsd + b.microUsd,
    turns: a.turns + b.turns,
    ms: a.ms + b.ms,
  };
}

/** Goes below zero where more was spent than there was: nothing hides an overrun. */
export function subtractAmounts(a: Amount, b: Amount): Amount {
  return {
    tokens: a.tokens - b.tokens,
    microUsd: a.microUsd - b.microUsd,
    turns: a.turns - b.turns,
    ms: a.ms - b.ms,
  };
}

/** Rounds up: a share of a budget that is reserved is never a unit too small. */
export function scaleAmount(a: Amount, factor: number): Amount {
  return {
    tokens: Math.ceil(a.tokens * factor),
    microUsd: Math.ceil(a.microUsd * factor),
    turns: Math.ceil(a.turns * factor),
    ms: Math.ceil(a.ms * factor),
  };
}

/** The smaller of the two, unit by unit. */
export function minAmount(a: Amount, b: Amount): Amount {
  return {
    tokens: Math.min(a.tokens, b.tokens),
    microUsd: Math.min(a.microUsd, b.microUsd),
    turns: Math.min(a.turns, b.turns),
    ms: Math.min(a.ms, b.ms),
  };
}

/** True where no unit is over its limit; reaching the limit still fits. */
export function fitsWithin(a: Amount, limit: Amount): boolean {
  return overrun(a, limit) === null;
}

/** The unit to name as exhausted: the first of these that is over its limit; null where all fit. */
export function overrun(a: Amount, limit: Amount): keyof Amount | null {
  if (a.tokens > limit.tokens) return 'tokens';
  if (a.microUsd > limit.microUsd) return 'microUsd';
  if (a.turns > limit.turns) return 'turns';
  if (a.ms > limit.ms) return 'ms';
  return null;
}

export function isZero(a: Amount): boolean {
  return a.tokens === 0 && a.microUsd === 0 && a.turns === 0 && a.ms === 0;
}
