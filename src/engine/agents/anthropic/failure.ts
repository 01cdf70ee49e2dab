import type { ModelFailureCode } from '../model/chat-model.ts';
import { RequestFailure } from './messages-client.ts';
import { retryAfterMs } from './rate-headers.ts';

/** What a try that failed means for the next one. */
export type Failure =
  | { readonly kind: 'terminal'; readonly code: ModelFailureCode; readonly message: string }
  /** `limited`: it was not even tried, because too much was asked of the service. */
  | {
      readonly kind: 'passing';
      readonly limited: boolean;
      /** How long the service asks to be left alone; null where it does not say. */
      readonly afterMs: number | null;
      readonly message: string;
    };

/** `now` is UTC. */
export function failureOf(error: Error, now: number): Failure {
  const { message } = error;
  if (!(error instanceof RequestFailure) || error.status === null) return passing(message, null);
  const afterMs = retryAfterMs(error.headers, now);
  const { status } = error;
  if (status === 429) return { kind: 'passing', limited: true, afterMs, message };
  // Of the others those that the service's own package repeats: a time-out, a lock, its own faults.
  if (status === 408 || status === 409 || status >= 500) return passing(message, afterMs);
  return { kind: 'terminal', code: codeOf(status, message), message };
}

/** Where credit is used up the service says `bad request`, and only its words tell why. */
const wantsMoney = /\bcredit balance is too low\b|\bbilling_error\b/i;

const passing = (message: string, afterMs: number | null): Failure => ({
  kind: 'passing',
  limited: false,
  afterMs,
  message,
});

/** What a status means that no second try changes. */
export function codeOf(
  status: number,
  message: string,
): Exclude<ModelFailureCode, 'provider-down' | 'unaffordable'> {
  switch (status) {
    case 402:
      return 'unpaid';
    case 401:
    case 403:
      return wantsMoney.test(message) ? 'unpaid' : 'unauthorised';
    case 404:
      return 'no-model';
    case 413:
      return 'too-large';
    default:
      return wantsMoney.test(message) ? 'unpaid' : 'bad-request';
  }
}
