import { exampleSolver, type Asked } from '../example-solver.ts';
import type { ServiceOptions } from './service.ts';
import type { MessagesBody, ReplyBlock, WireBlock, WireMessage } from './wire.ts';

/** A service whose model solves an example by driving tools, from the example's script folder. */
export function solvingScript(folder: string): ServiceOptions['script'] {
  const solve = exampleSolver(folder);
  return (body, said) => {
    const { says, uses } = solve(askedIn(body));
    const tools = uses.map(({ name, input }, at): ReplyBlock => ({
      type: 'tool_use',
      id: `toolu_${said}_${at}`,
      ...{ name, input },
    }));
    return { content: [{ type: 'text', text: says }, ...tools] };
  };
}

function askedIn({ messages }: MessagesBody): Asked {
  const last = messages.at(-1);
  const results =
    last === undefined ? [] : blocksOf(last).filter(({ type }) => type === 'tool_result');
  return {
    opening: taskOf(messages[0]),
    turn: messages.filter(({ role }) => role === 'assistant').length,
    results: results.map(({ is_error, content }) => ({
      ok: is_error !== true,
      text: typeof content === 'string' ? content : JSON.stringify(content),
    })),
  };
}

/** The first message, from where our own prompt begins: other programs may put theirs before it. */
function taskOf(message: WireMessage | undefined): string {
  if (message === undefined) return '';
  const texts = blocksOf(message).map(({ text }) => (typeof text === 'string' ? text : ''));
  return texts.find((text) => text.includes('# Your task')) ?? texts.join('\n');
}

const blocksOf = ({ content }: WireMessage): readonly WireBlock[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;
