import * as z from 'zod';
import type { McpSdkServerConfigWithInstance } from '@anthropic-ai/claude-agent-sdk';
import type { Seat } from '../model/seat.ts';
import type { Tool, ToolAnswer } from '../tools/tool.ts';
import type { AgentDefinition } from './agent-definition.ts';
import { answerTool } from './confinement.ts';
import type { Sdk } from './load-sdk.ts';

/** Tools of ours that Claude Code has of its own, by its names; it knows those better. */
const same: ReadonlyMap<string, string> = new Map([
  ['list_files', 'Glob'],
  ['read_file', 'Read'],
  ['search', 'Grep'],
  ['write_file', 'Write'],
  ['edit_file', 'Edit'],
]);

const server = 'ashlar';

/** What an agent can do: tools of Claude Code's own, and ours, which come to it over MCP. */
export interface ClaudeTools {
  /** Names; whatever is not named does not exist for the session. */
  readonly own: readonly string[];
  readonly ours: readonly Tool[];
}

/** As Claude Code calls a tool of ours. */
export const toolName = (tool: string): string => `mcp__${server}__${tool}`;

/** A definition may take tools away, and gives none. */
export function toolsOf({ tools }: Seat, definition: AgentDefinition | null): ClaudeTools {
  const own = tools.flatMap(({ name }) => same.get(name) ?? []);
  const listed = definition?.tools ?? null;
  return {
    own: listed === null ? own : own.filter((name) => listed.has(name)),
    ours: tools.filter(({ name }) => !same.has(name)),
  };
}

/** Our tools as a server within this process. */
export function toolServer(
  sdk: Sdk,
  tools: readonly Tool[],
  run: (tool: Tool, input: unknown) => Promise<ToolAnswer>,
): Record<string, McpSdkServerConfigWithInstance> {
  if (tools.length === 0) return {};
  const definitions = tools.map((tool) => {
    const { name, description, input, effect } = tool;
    const shape = input instanceof z.ZodObject ? input.shape : {};
    const call = async (given: unknown) => {
      const { ok, text } = await run(tool, given);
      return {
        content: [{ type: 'text' as const, text: text === '' ? '[nothing]' : text }],
        isError: !ok,
      };
    };
    const annotations = { readOnlyHint: effect === 'reads' };
    return sdk.tool(name, description, shape, call, { annotations, alwaysLoad: true });
  });
  return { [server]: sdk.createSdkMcpServer({ name: server, tools: definitions }) };
}

/** Our prompts call tools by our names: what they are called here, in words for a model. */
export function toolWords({ own, ours }: ClaudeTools, answers: boolean): string {
  const names = [...same].filter(([, theirs]) => own.includes(theirs));
  const lines = [
    ...names.map(([name, theirs]) => `- \`${name}\` is your tool \`${theirs}\``),
    ...ours.map(({ name }) => `- \`${name}\` is \`${toolName(name)}\``),
  ];
  const handoffs =
    'What was handed over is read by its name as a path: `handoff:12/notes.md`, for `path` as well.';
  const data = `You answer by calling \`${answerTool}\`, once, when you are done.`;
  return [
    '# How your tools are called',
    lines.join('\n'),
    'There are no others: nothing is run in a shell, and nothing outside of your folder can be seen.',
    answers ? data : handoffs,
  ].join('\n\n');
}
