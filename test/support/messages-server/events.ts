import type { Reply, ReplyBlock, WireUsage } from './wire.ts';

/** A server-sent event; `data` is its JSON. */
interface WireEvent {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Characters of one delta: small, so that texts, JSON and code points are cut anywhere. */
const deltaChars = 11;

export const eventText = (event: WireEvent): string =>
  `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** All events of a message, in order. */
export function eventsOf(message: object, reply: Reply, usage: WireUsage): WireEvent[] {
  const opening = {
    ...message,
    content: [],
    stop_reason: null,
    usage: { ...usage, output_tokens: 1 },
  };
  return [
    { type: 'message_start', message: opening },
    { type: 'ping' },
    ...reply.content.flatMap(blockEvents),
    {
      type: 'message_delta',
      delta: { stop_reason: stopOf(reply), stop_sequence: null },
      usage,
    },
    { type: 'message_stop' },
  ];
}

export const stopOf = ({ stop, content }: Reply): string =>
  stop ?? (content.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn');

function blockEvents(block: ReplyBlock, index: number): WireEvent[] {
  const [opening, deltas] = pieces(block);
  return [
    { type: 'content_block_start', index, content_block: opening },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

function pieces(block: ReplyBlock): [object, object[]] {
  switch (block.type) {
    case 'text':
      return [
        { type: 'text', text: '' },
        cut(block.text).map((text) => ({ type: 'text_delta', text })),
      ];
    case 'tool_use': {
      const { id, name, input } = block;
      const deltas = cut(JSON.stringify(input)).map((partial_json) => ({
        type: 'input_json_delta',
        partial_json,
      }));
      return [{ type: 'tool_use', id, name, input: {} }, deltas];
    }
    case 'thinking':
      return [
        { type: 'thinking', thinking: '', signature: '' },
        [
          ...cut(block.thinking).map((thinking) => ({ type: 'thinking_delta', thinking })),
          { type: 'signature_delta', signature: block.signature },
        ],
      ];
    case 'redacted_thinking':
      return [block, []];
  }
}

function cut(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += deltaChars) parts.push(text.slice(at, at + deltaChars));
  return parts;
}
