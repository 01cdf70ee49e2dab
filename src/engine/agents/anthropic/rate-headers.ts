/** What an answer's head says of one thing that is allowed a minute. */
export interface RateNow {
  readonly limit: number;
  readonly remaining: number;
}

/** What it says of all of them; null: nothing that makes sense. */
export interface RatesNow {
  readonly requests: RateNow | null;
  readonly input: RateNow | null;
  readonly output: RateNow | null;
}

export const ratesOf = (headers: Headers): RatesNow => ({
  requests: rateOf(headers, 'requests'),
  input: rateOf(headers, 'input-tokens'),
  output: rateOf(headers, 'output-tokens'),
});

function rateOf(headers: Headers, name: string): RateNow | null {
  const limit = numberOf(headers.get(`anthropic-ratelimit-${name}-limit`));
  const remaining = numberOf(headers.get(`anthropic-ratelimit-${name}-remaining`));
  if (limit === null || remaining === null || limit === 0) return null;
  return { limit, remaining: Math.min(remaining, limit) };
}

/** Nobody is made to wait longer than that by a head; what is still refused then is refused again. */
const mostWaitMs = 15 * 60_000;

/** How long the service asks to be left alone; null where it does not. `now` is UTC. */
export function retryAfterMs(headers: Headers | null, now: number): number | null {
  const exact = numberOf(headers?.get('retry-after-ms') ?? null);
  if (exact !== null) return Math.min(exact, mostWaitMs);
  const text = headers?.get('retry-after') ?? null;
  if (text === null) return null;
  const seconds = numberOf(text);
  const waitMs = seconds === null ? Date.parse(text) - now : seconds * 1000;
  return Number.isFinite(waitMs) ? Math.min(Math.max(0, waitMs), mostWaitMs) : null;
}

function numberOf(text: string | null): number | null {
  const value = text === null || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) && value >= 0 && value <= 1e12 ? value : null;
}
