import type { ModelReply } from '../model/chat-model.ts';
import { BrokenStream } from './broken-stream.ts';
import type { Fields } from './reply-reader.ts';

type Content = ModelReply['content'][number];

/** A part of a message that is still coming. */
export interface OpenBlock {
  /** How much came, and what of it is text for people. */
  add(delta: Fields): { readonly chars: number; readonly said: string };
  close():
    | { readonly ok: true; readonly content: Content }
    | { readonly ok: false; readonly message: string };
}

export function openBlock(start: Fields): OpenBlock {
  if (start.type === 'text') return textBlock(text(start.text));
  if (start.type === 'tool_use') return toolBlock(text(start.id), text(start.name), start.input);
  return opaqueBlock(start);
}

function textBlock(begun: string): OpenBlock {
  let all = begun;
  return {
    add(delta) {
      if (delta.type !== 'text_delta') return nothing;
      const said = text(delta.text);
      all += said;
      return { chars: said.length, said };
    },
    close: () => ({ ok: true, content: { kind: 'said', text: all } }),
  };
}

function toolBlock(id: string, name: string, begun: unknown): OpenBlock {
  let json = '';
  return {
    add(delta) {
      if (delta.type !== 'input_json_delta') return nothing;
      const part = text(delta.partial_json);
      json += part;
      return { chars: part.length, said: '' };
    },
    close() {
      try {
        const input: unknown = json === '' ? (begun ?? {}) : JSON.parse(json);
        return { ok: true, content: { kind: 'tool-use', id, name, input } };
      } catch {
        return { ok: false, message: `what ${name} is asked is no JSON` };
      }
    },
  };
}

/** Thinking, and whatever else the service alone understands: put together, and given back as it is. */
function opaqueBlock(start: Fields): OpenBlock {
  const block: Record<string, unknown> = { ...start };
  return {
    add(delta) {
      let chars = 0;
      for (const [name, value] of Object.entries(delta)) {
        if (name === 'type' || typeof value !== 'string') continue;
        const before = block[name];
        // A signature comes whole, and texts in pieces.
        const grows = name !== 'signature' && typeof before === 'string';
        block[name] = grows ? before + value : value;
        chars += value.length;
      }
      return { chars, said: '' };
    },
    close: () => ({ ok: true, content: { kind: 'opaque', block } }),
  };
}

const nothing = { chars: 0, said: '' };

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new BrokenStream('a part of the message is no text');
}
