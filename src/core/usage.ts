/** Tokens of one or more calls of a model, each counted once. */
export interface ModelUsage {
  /** Read by the model for the first time and not kept. */
  readonly input: number;
  /** Read again from what an earlier call left in the provider's cache. */
  readonly cacheRead: number;
  /** Read for the first time and kept in the provider's cache. */
  readonly cacheWrite: number;
  readonly output: number;
}

export const noUsage: ModelUsage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 };

export const addUsage = (a: ModelUsage, b: ModelUsage): ModelUsage => ({
  input: a.input + b.input,
  cacheRead: a.cacheRead + b.cacheRead,
  cacheWrite: a.cacheWrite + b.cacheWrite,
  output: a.output + b.output,
});

/** All of them, as budgets count: a token that was read from a cache is a token. */
export const tokensOf = ({ input, cacheRead, cacheWrite, output }: ModelUsage): number =>
  input + cacheRead + cacheWrite + output;
