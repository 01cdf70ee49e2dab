import type { CheckRequest, CheckRun, CheckRunner } from './check-request.ts';

/**
 * Runs a gate's checks side by side, in the order of the requests. None stops the others: a person
 * and the next attempt learn of everything that is wrong at once. Rejects when aborted, after all
 * have ended, so that nothing of theirs is left when the caller goes on.
 */
export async function runGate(
  runner: CheckRunner,
  requests: readonly CheckRequest[],
  signal: AbortSignal,
): Promise<readonly CheckRun[]> {
  const ends = await Promise.allSettled(requests.map((request) => runner.run(request, signal)));
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}
