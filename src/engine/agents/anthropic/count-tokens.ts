import type { Clock } from '../../clock.ts';
import { ModelFailure, type ModelRequest } from '../model/chat-model.ts';
import type { Connection } from './connection.ts';
import { failureOf } from './failure.ts';
import { RequestFailure } from './messages-client.ts';
import { promptBody } from './request-body.ts';
import { StallWatch } from './stall-watch.ts';

/** Bytes that may count as a token each without being counted: a short answer of a tool, say. */
const uncountedBytes = 2_000;
/** The same as a share of what was counted. */
const uncountedShare = 0.1;
/** The service's count is close to what it will charge, not the same. */
const [margin, marginTokens] = [1.02, 64];
/** A count that takes longer is done without. */
const patienceMs = 15_000;

interface CountOptions {
  readonly id: string;
  readonly connection: Connection;
  readonly clock: Clock;
}

/**
 * The most tokens that a prompt can have. What goes on from an earlier prompt is known up to a few
 * bytes, each of which counts as a token; where that would be far too much the service is asked,
 * which costs nothing and has an allowance of its own.
 */
export async function countedTokens(
  { id, connection, clock }: CountOptions,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<number> {
  const { sizes, redact } = connection;
  const { counted, rest } = sizes.sizeOf(id, request);
  const known = Math.ceil(counted * margin) + marginTokens;
  if (rest <= Math.max(uncountedBytes, counted * uncountedShare)) return known + rest;
  using watch = new StallWatch(clock, signal);
  watch.expect(patienceMs);
  try {
    signal.throwIfAborted();
    const client = await connection.client();
    const exact = await client.count(promptBody(id, request), watch.signal);
    sizes.learn(id, request, exact);
    return Math.ceil(exact * margin) + marginTokens;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof RequestFailure)) throw error;
    const failure = failureOf(error, clock.now());
    if (failure.kind === 'terminal' && failure.code === 'unauthorised') {
      throw new ModelFailure(failure.code, redact(failure.message));
    }
    // It cannot count, or not now: bytes are too many, and never too few.
    return known + rest;
  }
}
