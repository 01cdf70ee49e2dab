import { noUsage, type ModelUsage } from '../../../core/usage.ts';
import type { ModelReply } from '../model/chat-model.ts';
import { BrokenStream } from './broken-stream.ts';
import { openBlock, type OpenBlock } from './reply-block.ts';
import { isRecord } from '../../../core/is-record.ts';

/** One event of an answer as it comes. */
export interface ServerEvent {
  readonly event: string | null;
  readonly data: string;
}

type Content = ModelReply['content'];

/** No reply is that long: a server that sends more has lost its way. */
const mostChars = 8_000_000;
const mostBlocks = 2_000;

/** Puts an answer together from its events, and trusts none of them. */
export class ReplyReader {
  readonly #hear: (text: string) => void;
  #usage: ModelUsage | null = null;
  readonly #blocks: (OpenBlock | null)[] = [];
  readonly #content: Content[number][] = [];
  #stop: string | null = null;
  #ended = false;
  #chars = 0;
  /** Why a part that has ended is of no use. */
  #unfinished: string | null = null;

  constructor(hear: (text: string) => void) {
    this.#hear = hear;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /**
   * What has been used so far. Output is told at the end only; what came before that is taken for at
   * least a token in four characters.
   */
  get usage(): ModelUsage {
    if (this.#usage === null) return noUsage;
    return { ...this.#usage, output: Math.max(this.#usage.output, Math.ceil(this.#chars / 4)) };
  }

  /** @throws BrokenStream for whatever is no event of an answer, or stands in the wrong place. */
  take({ event, data }: ServerEvent): void {
    if (event === 'ping' || event === null || this.#ended) return;
    const fields = objectOf(parsed(data), event);
    switch (event) {
      case 'message_start':
        if (this.#usage !== null) throw new BrokenStream('a message begins twice');
        this.#usage = usageOf(objectOf(objectOf(fields.message, event).usage, event), noUsage);
        return;
      case 'content_block_start':
        this.#begin(fields);
        return;
      case 'content_block_delta':
        this.#goOn(fields);
        return;
      case 'content_block_stop':
        this.#close(fields);
        return;
      case 'message_delta':
        this.#finish(fields);
        return;
      case 'message_stop':
        if (this.#stop === null) throw new BrokenStream('the message ends without a reason');
        this.#ended = true;
        return;
      case 'error':
        throw new BrokenStream(`the service broke off: ${errorOf(fields)}`);
      default:
        // Later versions of the service may tell more than is known here.
        return;
    }
  }

  /** Once it has ended. */
  reply(): Pick<ModelReply, 'content' | 'stop' | 'usage'> {
    if (!this.#ended || this.#usage === null) throw new BrokenStream('the answer broke off');
    const stop = stopOf(this.#stop ?? '');
    // Where the answer was cut off, a tool that was asked for in half a sentence is left out.
    if (stop !== 'length' && stop !== 'full') {
      const open = this.#blocks.some((block) => block !== null);
      const message = open ? 'a part of the message does not end' : this.#unfinished;
      if (message !== null) throw new BrokenStream(message);
    }
    // What is told is exact; where nothing is told, what came is reckoned.
    const usage = this.#usage.output > 0 ? this.#usage : this.usage;
    return { content: this.#content, stop, usage };
  }

  #begin(fields: Fields): void {
    if (this.#usage === null) throw new BrokenStream('a part comes before its message');
    if (fields.index !== this.#blocks.length) throw new BrokenStream('a part is out of turn');
    if (this.#blocks.length >= mostBlocks) throw new BrokenStream('the message has too many parts');
    this.#blocks.push(openBlock(objectOf(fields.content_block, 'content_block_start')));
  }

  #goOn(fields: Fields): void {
    const block = this.#blockAt(fields);
    const added = block.add(objectOf(fields.delta, 'content_block_delta'));
    this.#chars += added.chars;
    if (this.#chars > mostChars) throw new BrokenStream('the message is too long');
    // What is asked of a tool, and thinking, has no words for people, and shows that it works.
    if (added.chars > 0) this.#hear(added.said);
  }

  #close(fields: Fields): void {
    const block = this.#blockAt(fields);
    const closed = block.close();
    this.#blocks[this.#blocks.indexOf(block)] = null;
    if (closed.ok) this.#content.push(closed.content);
    else this.#unfinished = closed.message;
  }

  #finish(fields: Fields): void {
    const usage = this.#usage;
    if (usage === null) throw new BrokenStream('a message ends before it begins');
    const { stop_reason: stop } = objectOf(fields.delta, 'message_delta');
    if (typeof stop !== 'string') throw new BrokenStream('a message ends without a reason');
    this.#stop = stop;
    this.#usage = usageOf(objectOf(fields.usage ?? {}, 'message_delta'), usage);
  }

  #blockAt({ index }: Fields): OpenBlock {
    const block = typeof index === 'number' ? this.#blocks[index] : undefined;
    if (block === undefined || block === null) throw new BrokenStream('no such part is open');
    return block;
  }
}

export type Fields = Readonly<Record<string, unknown>>;

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new BrokenStream('an event is no JSON');
  }
}

function objectOf(value: unknown, where: string): Fields {
  if (isRecord(value)) return value;
  throw new BrokenStream(`${where} is not as it should be`);
}

/** Counts are of the whole message so far; what an event leaves out is as it was. */
function usageOf(fields: Fields, before: ModelUsage): ModelUsage {
  const count = (name: string, known: number): number => {
    const value = fields[name];
    if (value === undefined || value === null) return known;
    if (!Number.isSafeInteger(value) || (value as number) < 0) {
      throw new BrokenStream(`${name} is no count`);
    }
    return value as number;
  };
  return {
    input: count('input_tokens', before.input),
    cacheRead: count('cache_read_input_tokens', before.cacheRead),
    cacheWrite: count('cache_creation_input_tokens', before.cacheWrite),
    output: count('output_tokens', before.output),
  };
}

function stopOf(reason: string): ModelReply['stop'] {
  switch (reason) {
    case 'tool_use':
      return 'tools';
    case 'max_tokens':
      return 'length';
    case 'model_context_window_exceeded':
      return 'full';
    case 'refusal':
      return 'refused';
    default:
      return 'answered';
  }
}

function errorOf({ error }: Fields): string {
  const { type, message } = objectOf(error, 'error');
  return `${String(type)}: ${String(message)}`.slice(0, 500);
}
