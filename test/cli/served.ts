import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { expect } from 'vitest';
import type { Engine } from '../../src/cli/engine.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { invoke } from './invoke.ts';

/** `ashlar mcp` with a pipe in place of stdio. */
export class Served implements AsyncDisposable {
  readonly terminal: FakeTerminal;
  readonly code: Promise<number>;
  #read = 0;
  #listener: (message: JSONRPCMessage) => void = () => undefined;

  constructor(engine: Engine, options = '') {
    this.terminal = new (class extends FakeTerminal {
      heard: () => void = () => undefined;
      override out(text: string): void {
        super.out(text);
        this.heard();
      }
    })();
    (this.terminal as unknown as { heard: () => void }).heard = () => this.#tell();
    this.code = invoke(`mcp ${options}`, { engine, terminal: this.terminal }).code;
  }

  /** Everything that was answered, as it stands on stdout. */
  get lines(): unknown[] {
    return this.terminal.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
  }

  /** The protocol's own client, connected. */
  async client(): Promise<Client> {
    // The verb is loaded late; it listens once it is there.
    await expect.poll(() => this.terminal.leaks).toBeGreaterThan(1);
    const transport: Transport = {
      start: async () => undefined,
      close: async () => undefined,
      send: async (message) => this.terminal.type(`${JSON.stringify(message)}\n`),
    };
    this.#listener = (message) => transport.onmessage?.(message);
    const client = new Client({ name: 'claude\u001b[31m code', version: '1' });
    await client.connect(transport);
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.terminal.type(null);
    expect(await this.code).toBe(0);
    expect(this.terminal.leaks).toBe(0);
  }

  #tell(): void {
    for (const line of this.lines.slice(this.#read)) {
      this.#read++;
      this.#listener(line as JSONRPCMessage);
    }
  }
}

/** Calls a tool and answers with what it says. */
export const call = async (client: Client, name: string, given: object = {}) => {
  const { content, isError } = await client.callTool({ name, arguments: { ...given } });
  const [first] = content as { text: string }[];
  return { text: first?.text ?? '', isError };
};
