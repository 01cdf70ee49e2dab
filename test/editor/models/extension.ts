/**
 * An extension that brings two language models, as the extensions of people do. Whatever they are asked
 * goes to a Messages API: the setting `loopback.url` says where. The editor asks for consent before
 * another extension may use them.
 */
import {
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  lm,
  workspace,
  type ExtensionContext,
  type LanguageModelChatInformation,
  type LanguageModelChatProvider,
} from 'vscode';
import type { WireBlock } from '../../support/messages-server/wire.ts';
import { wireMessages, wireTool } from './wire-request.ts';

const vendor = 'loopback';

const information = (id: string, name: string): LanguageModelChatInformation => ({
  ...{ id, name, family: id, version: '1', maxInputTokens: 200_000, maxOutputTokens: 16_000 },
  capabilities: { toolCalling: true },
  // Not among the types of the stable interface: an extension that bills a person's account has it.
  ...{ requiresAuthorization: { label: 'Loopback' } },
});

const provider: LanguageModelChatProvider = {
  provideLanguageModelChatInformation: () => [
    information('solver', 'The Solver'),
    information('idler', 'The Idler'),
  ],
  provideTokenCount: (_model, text) =>
    Promise.resolve(Math.ceil((typeof text === 'string' ? text : JSON.stringify(text)).length / 4)),
  provideLanguageModelChatResponse: async ({ id }, messages, { tools }, progress, token) => {
    const ending = new AbortController();
    const listening = token.onCancellationRequested(() => ending.abort());
    try {
      const url = workspace.getConfiguration(vendor).get<string>('url', '');
      const response = await fetch(`${url}/v1/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': 'none' },
        body: JSON.stringify({
          ...{ model: id, max_tokens: 16_000, messages: wireMessages(messages) },
          tools: (tools ?? []).map(wireTool),
        }),
        signal: ending.signal,
      });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
      const { content } = (await response.json()) as { readonly content: readonly WireBlock[] };
      for (const block of content) {
        if (block.type === 'tool_use') {
          const { id: call, name, input } = block as { id: unknown; name: unknown; input: object };
          progress.report(new LanguageModelToolCallPart(String(call), String(name), input));
        } else progress.report(new LanguageModelTextPart(String(block.text)));
      }
    } finally {
      listening.dispose();
    }
  },
};

export function activate({ subscriptions }: ExtensionContext): void {
  subscriptions.push(lm.registerLanguageModelChatProvider(vendor, provider));
}
