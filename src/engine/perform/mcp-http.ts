import { answerIn, initialize, type McpAnswer } from './mcp-message.ts';
import { reasonOf } from './prerequisite-service.ts';

const mostBytes = 1024 * 1024;

/** Sends `initialize` to a server that runs, and ends the session that it may have begun. */
export async function askMcpServer(
  url: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<McpAnswer> {
  const limit = AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([signal, limit]);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
      },
      body: JSON.stringify(initialize),
      signal: stop,
      redirect: 'error',
    });
    const session = response.headers.get('mcp-session-id');
    const answer = await answerOf(response);
    if (session !== null) {
      const headers = { 'mcp-session-id': session };
      // A server need not let a client end its session.
      await fetch(url, { method: 'DELETE', headers, signal: stop })
        .then((ended) => ended.body?.cancel())
        .catch(() => undefined);
    }
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    const says = limit.aborted
      ? `did not answer within ${timeoutMs / 1_000} s`
      : `is not reachable (${reasonOf(error)})`;
    return { ok: false, says };
  }
}

/** From a JSON body, or from the first event of a stream that answers. */
async function answerOf(response: Response): Promise<McpAnswer> {
  if (!response.ok) {
    await response.body?.cancel();
    return { ok: false, says: `answers with status ${response.status}` };
  }
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const chunk of response.body ?? []) {
    const part = chunk as Uint8Array;
    bytes += part.byteLength;
    text += decoder.decode(part, { stream: true });
    const answer = answerInBody(text);
    if (answer !== null) return answer;
    if (bytes > mostBytes) break;
  }
  return { ok: false, says: 'answers with something else than the protocol' };
}

function answerInBody(text: string): McpAnswer | null {
  const whole = answerIn(text);
  if (whole !== null) return whole;
  for (const line of text.split('\n')) {
    const answer = line.startsWith('data:') ? answerIn(line.slice('data:'.length)) : null;
    if (answer !== null) return answer;
  }
  return null;
}
