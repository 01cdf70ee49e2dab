import type { Clock } from '../../clock.ts';
import { ModelFailure, type ModelRequest } from '../model/chat-model.ts';
import type { Connection } from './connection.ts';
import { failureOf, type Failure } from './failure.ts';
import { RequestFailure, type MessagesClient } from './messages-client.ts';
import { Patience } from './patience.ts';
import { promptBody } from './request-body.ts';
import { StallWatch } from './stall-watch.ts';

/** Bytes that may count as a token each without being counted: a short answer of a tool, say. */
const uncountedBytes = 2_000;
/** The same as a share of what was counted. */
const uncountedShare = 0.1;
/** The service's count is close to what it will charge, not the same. */
const [margin, marginTokens] = [1.02, 64];
/** A count that takes longer is asked for again. */
const patienceMs = 15_000;
/** Where too many counts were asked for and the service does not say how long to leave it alone. */
const limitedMs = 5_000;
/** What a service answers that does not count at all. */
const uncounting: readonly (number | null)[] = [404, 405, 501];

interface CountOptions {
  readonly id: string;
  readonly connection: Connection;
  readonly clock: Clock;
  /** From 0 to 1, without 1: spreads what is tried again. */
  readonly random: () => number;
}

/**
 * The most tokens that a prompt can have. What goes on from an earlier prompt is known up to a few
 * bytes, each of which counts as a token; where that would be far too much the service is asked,
 * which costs nothing and has an allowance of its own. Bytes instead would make a small allowance
 * look used up, so a service that counts is waited for as for an answer.
 */
export async function countedTokens(
  options: CountOptions,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<number> {
  const { id, connection } = options;
  const { sizes } = connection;
  const { counted, rest } = sizes.sizeOf(id, request);
  const known = Math.ceil(counted * margin) + marginTokens;
  if (rest <= Math.max(uncountedBytes, counted * uncountedShare)) return known + rest;
  const exact = await askedCount(options, request, signal);
  if (exact === null) return known + rest;
  sizes.learn(id, request, exact);
  return Math.ceil(exact * margin) + marginTokens;
}

/** null: the service does not count, or not this prompt; what is wrong with it its answer will say. */
async function askedCount(
  { id, connection, clock, random }: CountOptions,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<number | null> {
  const client = await connection.client();
  const body = promptBody(id, request);
  const patience = new Patience(clock, random);
  for (;;) {
    const counted = await countOnce(client, body, clock, signal);
    if (typeof counted !== 'object' || counted === null) return counted;
    const message = connection.redact(counted.message);
    if (counted.kind === 'terminal') {
      if (counted.code === 'bad-request') return null;
      throw new ModelFailure(counted.code, message);
    }
    const waitMs = patience.next(counted);
    if (waitMs === null) {
      const tries = `${patience.tries} tries in ${Math.round(patience.spentMs / 1000)} s`;
      throw new ModelFailure('provider-down', `${tries} to count a prompt; the last: ${message}`);
    }
    // The limiter of answers does not pace counts.
    const limited = (counted.afterMs ?? limitedMs) * (1 + random() / 2);
    await clock.sleep(counted.limited ? Math.ceil(limited) : waitMs, signal);
  }
}

async function countOnce(
  client: MessagesClient,
  body: object,
  clock: Clock,
  signal: AbortSignal,
): Promise<number | null | Failure> {
  using watch = new StallWatch(clock, signal);
  watch.expect(patienceMs);
  try {
    signal.throwIfAborted();
    return await client.count(body, watch.signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof RequestFailure)) throw error;
    if (uncounting.includes(error.status)) return null;
    const failure = failureOf(error, clock.now());
    if (watch.stalledMs === null) return failure;
    return { ...failure, message: `no count came for ${Math.round(watch.stalledMs / 1000)} s` };
  }
}
