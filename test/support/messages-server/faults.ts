import type { Random } from '../../sim/random.ts';
import type { Received } from './wire.ts';

/** What can go wrong with a request. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly message?: string;
    }
  /** The connection is cut after this many bytes of the answer; 0: before any. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** The stream ends in good order, but before the message does. */
  | { readonly kind: 'truncated'; readonly events: number }
  /** An event that is no JSON stands among the others. */
  | { readonly kind: 'malformed' }
  /** An `error` event stands among the others. */
  | { readonly kind: 'error-event'; readonly type: string }
  /** Nothing more comes after this many events, and the connection stays open. */
  | { readonly kind: 'stall'; readonly events: number };

/** Which fault a request meets; null: none. */
export type Faults = (request: Received) => Fault | null;

/** Faults of all kinds that pass, with this probability; a seed always gives the same. */
export function randomFaults(random: Random, probability: number): Faults {
  const kinds: readonly (() => Fault)[] = [
    () => ({ kind: 'status', status: 429, headers: { 'retry-after': '2' } }),
    () => ({ kind: 'status', status: 500 }),
    () => ({ kind: 'status', status: 529 }),
    () => ({ kind: 'reset', afterBytes: random.between(0, 600) }),
    () => ({ kind: 'truncated', events: random.between(1, 4) }),
    () => ({ kind: 'malformed' }),
    () => ({ kind: 'stall', events: random.between(0, 4) }),
  ];
  return () => (random.chance(probability) ? random.pick(kinds)() : null);
}

/** These faults, one a request; none afterwards. */
export function faultsInOrder(...faults: readonly (Fault | null)[]): Faults {
  let next = 0;
  return () => faults[next++] ?? null;
}

export const errorTypeOf = (status: number): string => errorTypes[status] ?? 'api_error';

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};
