import { callTool, tools } from '../tools/tools.ts';
import type { ToolWorld } from '../tools/tool-world.ts';
import { Lines } from './lines.ts';
import { McpServer } from './mcp-server.ts';

export interface ServeOptions {
  readonly version: string;
  /** Only tools that change nothing. */
  readonly readOnly: boolean;
  /** The tools that carry a person's decision, too. */
  readonly allowApprove: boolean;
  /** What the tools act on; `client` says what the other side calls itself. */
  readonly world: (client: () => string) => ToolWorld;
  /** Writes one line. */
  readonly write: (line: string) => void;
}

/** One client that is served the tools, a message a line. */
export interface Service extends Disposable {
  take(chunk: Buffer): void;
  /** Nothing more comes in. */
  end(): void;
}

export function serveTools(options: ServeOptions): Service {
  const { version, readOnly, allowApprove, write } = options;
  const offered = tools.filter(
    ({ kind }) => kind === 'look' || (!readOnly && (kind === 'act' || allowApprove)),
  );
  const world = options.world(() => server.client);
  const server = new McpServer({
    ...{ tools: offered, version },
    call: (tool, given, progress) => callTool(tool, given, world, progress),
    send: (message) => write(`${JSON.stringify(message)}\n`),
  });
  const lines = new Lines((line) => server.receive(line));
  return {
    take: (chunk) => lines.take(chunk),
    end: () => lines.end(),
    [Symbol.dispose]: () => server.close(),
  };
}
