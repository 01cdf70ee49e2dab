/** The first message of the Model Context Protocol. */
export const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'ashlar', version: '1' },
  },
} as const;

/** What `says` holds is the server's own: to be rid of secrets first, and cut then. */
export type McpAnswer = { readonly ok: true } | { readonly ok: false; readonly says: string };

/** The answer to {@link initialize} that a text holds; null where it holds something else. */
export function answerIn(text: string): McpAnswer | null {
  const message = parsed(text);
  if (typeof message !== 'object' || message === null) return null;
  if (!('id' in message) || message.id !== initialize.id) return null;
  if ('result' in message) {
    const { result } = message;
    const spoken = typeof result === 'object' && result !== null && 'protocolVersion' in result;
    return spoken ? { ok: true } : { ok: false, says: 'answers without a protocol version' };
  }
  if (!('error' in message)) return null;
  const { error } = message;
  const says =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
  return { ok: false, says: `answers with an error (${says})` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
