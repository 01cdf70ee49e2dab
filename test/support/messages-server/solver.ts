import type { MessagesBody, Reply, WireMessage } from './wire.ts';

/** Files by module and path: what a builder that does everything right writes. */
export type Solution = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * A model that builds what it is told to: a builder writes its module's files, one a turn, and hands
 * them in; whoever judges finds nothing to say.
 */
export const solver =
  (solution: Solution) =>
  (body: MessagesBody, said: number): Reply => {
    if ((body.output_config?.format ?? null) !== null) return judged;
    const module = /^Module: (\S+)$/m.exec(textOf(body.messages[0]))?.[1] ?? '';
    const files = Object.entries(solution[module] ?? {});
    const turn = body.messages.filter(({ role }) => role === 'assistant').length;
    const next = files[turn];
    const summary = `Wrote ${files.map(([path]) => path).join(', ')} as the contract says.`;
    const [name, input] =
      next === undefined
        ? (['submit', { summary, findings: null }] as const)
        : (['write_file', { path: next[0], content: next[1] }] as const);
    return { content: [{ type: 'tool_use', id: `toolu_${said}`, name, input }] };
  };

const verdict = {
  verdict: 'PASS',
  summary: 'The files are as the contract says.',
  evidence: [],
  falseClaims: [],
  testsWrong: null,
};
const judged: Reply = { content: [{ type: 'text', text: JSON.stringify(verdict) }] };

const textOf = (message: WireMessage | undefined): string =>
  typeof message?.content === 'string'
    ? message.content
    : (message?.content ?? []).map(({ text }) => (typeof text === 'string' ? text : '')).join('\n');
