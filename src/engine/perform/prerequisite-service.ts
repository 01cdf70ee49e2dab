import { once } from 'node:events';
import { connect } from 'node:net';
import type { ServicePrerequisite } from '../../core/plan/plan.ts';
import { isUrl } from '../../core/plan/prerequisite-url.ts';
import { errorCode } from '../journal/durable.ts';
import { holds, missing, type Found } from './prerequisite-room.ts';

const serviceTimeoutMs = 10_000;

/** Whether something accepts connections, or answers at a URL. Nothing is sent but a bare request. */
export async function checkService(
  { service, timeoutMs }: ServicePrerequisite,
  signal: AbortSignal,
): Promise<Found> {
  const limitMs = timeoutMs ?? serviceTimeoutMs;
  const limit = AbortSignal.timeout(limitMs);
  const stop = AbortSignal.any([signal, limit]);
  try {
    return isUrl(service) ? await ask(service, stop) : await reach(service, stop);
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted) return missing(`${service} did not answer within ${limitMs / 1_000} s.`);
    return missing(`${service} is not reachable (${reasonOf(error)}).`);
  }
}

/** A redirection is an answer; where it leads is not followed. */
async function ask(url: string, signal: AbortSignal): Promise<Found> {
  const answer = await fetch(url, { signal, redirect: 'manual' });
  await answer.body?.cancel();
  if (answer.status < 500) return holds;
  return missing(`${url} answers with status ${answer.status}.`);
}

async function reach(address: string, signal: AbortSignal): Promise<Found> {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[|\]$/g, '');
  const port = Number(address.slice(colon + 1));
  if (port < 1 || port > 65_535) return missing(`${address} names no port.`);
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal });
    return holds;
  } finally {
    socket.destroy();
  }
}

/** `fetch` hides what happened behind its own error. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return errorCode(cause) ?? (cause instanceof Error ? cause.message : String(cause)).slice(0, 200);
}
