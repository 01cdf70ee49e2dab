import type { McpPrerequisite } from '../../core/plan/plan.ts';
import { isUrl } from '../../core/plan/prerequisite-url.ts';
import { excerptLine } from '../gates/excerpt.ts';
import { redactionOf } from '../gates/redaction.ts';
import { askMcpServer } from './mcp-http.ts';
import { answerIn, initialize, type McpAnswer } from './mcp-message.ts';
import {
  holds,
  missing,
  runInRoom,
  type Found,
  type PrerequisiteRoom,
} from './prerequisite-room.ts';

/** Long enough for a package runner to fetch a server first. */
const mcpTimeoutMs = 60_000;
/** A server that says this much without an answer has none. */
const mostBytes = 1024 * 1024;

/** Whether a server answers `initialize`; one that was started is ended with all it started. */
export async function checkMcp(room: PrerequisiteRoom, asked: McpPrerequisite): Promise<Found> {
  const timeoutMs = asked.timeoutMs ?? mcpTimeoutMs;
  const { mcp, pass } = asked;
  if (isUrl(mcp)) {
    const answer = await askMcpServer(mcp, timeoutMs, room.signal);
    return answer.ok ? holds : missing(`${mcp} ${excerptLine(answer.says, 200)}.`);
  }
  const redact = redactionOf(room.env, pass);
  let [text, bytes] = ['', 0];
  let answer: McpAnswer | null = null;
  const end = await runInRoom(room, {
    ...{ on: asked.name, command: mcp, pass, timeoutMs, input: `${JSON.stringify(initialize)}\n` },
    onStdout(chunk, enough) {
      bytes += chunk.length;
      text += chunk.toString('utf8');
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) answer ??= answerIn(line);
      if (answer !== null || bytes > mostBytes) enough();
    },
  });
  if ('refused' in end) return missing(end.refused);
  // The compiler does not see that the callback sets it.
  const given = answer as McpAnswer | null;
  if (given !== null) {
    if (given.ok) return holds;
    const says = excerptLine(redact(given.says), 200);
    return missing(`The server ${says}.`);
  }
  if (bytes > mostBytes) return missing('The server says much, and answers nothing.');
  if (end.timedOut) return missing(`The server did not answer within ${timeoutMs / 1_000} s.`);
  const output = end.stderr.head.trim() || end.stdout.head.trim();
  const said = excerptLine(redact(output), 200);
  const how = end.exit === null ? 'could not be started' : `ended with exit code ${end.exit}`;
  return missing(`The server ${how}${said === '' ? '' : `: ${said}`}.`);
}
