import * as sdk from '@anthropic-ai/claude-agent-sdk';
import type { UsageLine } from '../../../../src/core/usage.ts';
import type { ProgressStep } from '../../../../src/engine/agents/agent.ts';
import type { CheckDesk } from '../../../../src/engine/agents/checked.ts';
import { RateLimiter } from '../../../../src/engine/agents/anthropic/rate-limiter.ts';
import {
  claudeCodeAgents,
  type ClaudeCodeAgentsOptions,
} from '../../../../src/engine/agents/claude-code/claude-code-agents.ts';
import type { HandoffDesk } from '../../../../src/engine/agents/handoff.ts';
import { Supervision } from '../../../../src/engine/agents/supervision.ts';
import type { AgentTask } from '../../../../src/engine/agents/task.ts';
import type { TranscriptEntry } from '../../../../src/engine/agents/transcript.ts';
import { systemClock } from '../../../../src/engine/clock.ts';
import { testKey } from '../../../support/messages-server/model.ts';
import { startMessagesServer } from '../../../support/messages-server/server.ts';
import type { ServiceOptions } from '../../../support/messages-server/service.ts';
import type { MessagesBody, Reply, ReplyBlock } from '../../../support/messages-server/wire.ts';
import { ownRun } from '../../../support/own-run.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { writeFiles, type Files } from '../../../support/tiny-workspace.ts';

/** What the model says, a turn each; the last one repeats. */
export type Turns = readonly ((body: MessagesBody) => Reply)[];

let uses = 0;

/** A reply that uses tools. */
export const use = (...tools: readonly (readonly [string, object])[]): Reply => ({
  content: tools.map(([name, input]): ReplyBlock => {
    uses += 1;
    return { type: 'tool_use', id: `toolu_${uses}`, name, input };
  }),
});

export const say = (text: string): Reply => ({ content: [{ type: 'text', text }] });
export const submit = use(['mcp__ashlar__submit', { summary: 'It is done.' }]);

/** A folder, a service whose model says these turns, and agents of Claude Code that ask it. */
export async function world(
  turns: Turns,
  files: Files = {},
  service: Partial<ServiceOptions> = {},
) {
  const server = await startMessagesServer({
    script: (body, said) => (turns[said] ?? turns.at(-1)!)(body),
    key: testKey,
    ...service,
  });
  const folder = await tempFolder();
  writeFiles(folder.path, { 'README.md': '# Read me\n', ...files });
  return {
    server,
    folder: folder.path,
    run: ownRun(),
    transcript: [] as TranscriptEntry[],
    progress: [] as ProgressStep[],
    /** All that the model was told of tools' answers, and between its turns. */
    heard: () =>
      JSON.stringify(server.service.messages.at(-1)?.body.messages ?? []).replaceAll('\\"', '"'),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

type World = Awaited<ReturnType<typeof world>>;

interface Watching {
  readonly desk?: Partial<HandoffDesk>;
  readonly checks?: CheckDesk;
  readonly signal?: AbortSignal;
  readonly stallMs?: number;
  readonly options?: AgentsOptions;
}

const noDesk: HandoffDesk = {
  give: () => Promise.resolve(null),
  request: () => Promise.resolve({ ok: true, handoff: 5, etaMinutes: 3.2, goOnWith: [] }),
  asked: () => [],
  arrives: () => Promise.resolve(),
  take: () => Promise.resolve([]),
};

type AgentsOptions = Partial<ClaudeCodeAgentsOptions> & { readonly limiter?: RateLimiter };

/** Agents of Claude Code that ask this world's service. */
export function agents(its: World, { limiter: given, ...options }: AgentsOptions = {}) {
  const clock = systemClock();
  const limiter = given ?? new RateLimiter(clock);
  return claudeCodeAgents({
    plan: null,
    choice: {},
    service: () => ({
      ...{ paid: { apiKey: testKey, baseURL: its.server.url }, limiter },
    }),
    sdk,
    executable: null,
    definitions: {},
    clock,
    ...options,
  });
}

/** What becomes of a task; its agent's calls are in what is answered with it. */
export async function work(its: World, given: AgentTask, watching: Watching = {}) {
  const task = { ...given, run: its.run };
  const clock = systemClock();
  const provider = agents(its, watching.options);
  let usage: readonly UsageLine[] = [];
  const supervision = new Supervision({
    ...{ provider, task, clock },
    stallMs: watching.stallMs ?? 120_000,
    graceMs: 10_000,
    signal: watching.signal ?? new AbortController().signal,
    onProgress: (step) => its.progress.push(step),
    onLate: () => undefined,
    onUsage: (lines) => (usage = lines),
    desk: { ...noDesk, ...watching.desk },
    checks: watching.checks ?? null,
    pen: { write: (entry) => void its.transcript.push(entry) },
  });
  const outcome = await supervision.outcome;
  await supervision.settled;
  return { outcome, usage };
}
