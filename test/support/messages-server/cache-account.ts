import { createHash } from 'node:crypto';
import { tokensOfText, type MessagesBody, type WireBlock } from './wire.ts';

/** How the tokens of a prompt are told apart by the cache. */
export interface PromptTokens {
  readonly fresh: number;
  readonly read: number;
  readonly written: number;
}

/** As many blocks before a breakpoint are looked at for something that was kept earlier. */
const lookBack = 20;
const mostBreakpoints = 4;

/**
 * The prompt cache as the service has it: tools, system and messages are one sequence of blocks; a
 * breakpoint keeps all up to its block; a later prompt that is the same up to there reads it.
 */
export class CacheAccount {
  readonly #kept = new Set<string>();
  readonly #least: number;

  /** `least`: fewer tokens than that are not kept. */
  constructor(least: number) {
    this.#least = least;
  }

  /** What of a prompt was kept and what would be. Throws where the service would refuse it. */
  measure(body: MessagesBody): PromptTokens {
    const { prefixes, breakpoints } = marked(body);
    if (breakpoints.length > mostBreakpoints) {
      throw new RangeError(`${breakpoints.length} breakpoints; at most ${mostBreakpoints}`);
    }
    let read = 0;
    for (const at of breakpoints) {
      for (let back = at; back >= 0 && back > at - lookBack; back -= 1) {
        const prefix = prefixes[back]!;
        if (!this.#kept.has(prefix.digest)) continue;
        read = Math.max(read, prefix.tokens);
        break;
      }
    }
    const long = breakpoints
      .map((at) => prefixes[at]!)
      .filter(({ tokens }) => this.#isLong(tokens));
    const kept = Math.max(read, ...long.map(({ tokens }) => tokens));
    const all = prefixes.at(-1)?.tokens ?? 0;
    return { read, written: kept - read, fresh: all - kept };
  }

  keep(body: MessagesBody): void {
    const { prefixes, breakpoints } = marked(body);
    for (const at of breakpoints) {
      const { digest, tokens } = prefixes[at]!;
      if (this.#isLong(tokens)) this.#kept.add(digest);
    }
  }

  #isLong(tokens: number): boolean {
    return tokens >= this.#least;
  }
}

/** All tokens of a prompt, kept or not. */
export const promptTokens = (body: MessagesBody): number =>
  marked(body).prefixes.at(-1)?.tokens ?? 0;

function marked(body: MessagesBody) {
  const blocks = blocksOf(body);
  const breakpoints = blocks.flatMap(({ cache_control: mark }, at) =>
    mark === undefined || mark === null ? [] : [at],
  );
  return { prefixes: prefixesOf(body.model, blocks), breakpoints };
}

function blocksOf({ tools = [], system = [], messages }: MessagesBody): WireBlock[] {
  const asBlocks = (content: string | readonly WireBlock[]): readonly WireBlock[] =>
    typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  const said = messages.flatMap(({ role, content }) =>
    asBlocks(content).map((block) => ({ ...block, role })),
  );
  return [...tools, ...asBlocks(system), ...said];
}

/** For each block the tokens up to its end, and a digest of all of them without their marks. */
function prefixesOf(
  model: string,
  blocks: readonly WireBlock[],
): readonly { readonly digest: string; readonly tokens: number }[] {
  const hash = createHash('sha256').update(model);
  let tokens = 0;
  return blocks.map(({ cache_control: _, ...block }) => {
    const text = JSON.stringify(block);
    tokens += tokensOfText(text);
    hash.update(text).update('\n');
    return { digest: hash.copy().digest('hex'), tokens };
  });
}
