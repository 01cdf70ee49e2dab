import { exampleSolver, type Asked } from '../example-solver.ts';
import { answerToolOf, asOffered } from './offered-tools.ts';
import type { ServiceOptions } from './service.ts';
import type { MessagesBody, ReplyBlock, WireBlock, WireMessage } from './wire.ts';

/** A service whose model solves an example by driving tools, from the example's script folder. */
export function solvingScript(folder: string): ServiceOptions['script'] {
  const solve = exampleSolver(folder);
  return (body, said) => {
    const { says, uses } = solve(askedIn(body));
    const answers = answerToolOf(body);
    const moves =
      uses.length === 0 && answers !== null ? [{ name: answers, input: jsonIn(says) }] : uses;
    const tools = moves.map((use, at): ReplyBlock => ({
      type: 'tool_use',
      id: `toolu_${said}_${at}`,
      ...asOffered(body, use),
    }));
    return { content: [{ type: 'text', text: says }, ...tools] };
  };
}

function askedIn({ messages }: MessagesBody): Asked {
  const own = messages.findLastIndex(({ role }) => role === 'assistant');
  const since = messages.slice(own + 1).flatMap(blocksOf);
  const results = since.filter(({ type }) => type === 'tool_result');
  return {
    opening: taskOf(messages[0]),
    turn: messages.filter(({ role }) => role === 'assistant').length,
    results: results.map(({ is_error, content }) => ({
      ok: is_error !== true,
      text: typeof content === 'string' ? content : JSON.stringify(content),
    })),
  };
}

const jsonIn = (text: string): unknown => JSON.parse(text) as unknown;

/** The first message, from where our own prompt begins: other programs may put theirs before it. */
function taskOf(message: WireMessage | undefined): string {
  if (message === undefined) return '';
  const texts = blocksOf(message).map(({ text }) => (typeof text === 'string' ? text : ''));
  return texts.find((text) => text.includes('# Your task')) ?? texts.join('\n');
}

const blocksOf = ({ content }: WireMessage): readonly WireBlock[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;
