import { chat, lm } from 'vscode';
import type { ActionParts } from '../actions/action-parts.ts';
import { chatParticipant, languageModelTools, mcpProvider } from '../contributions.ts';
import { late } from '../late-door.ts';

/**
 * Chat, tools and MCP servers for whatever models there are in the editor. Each is loaded when it is
 * first used; an editor without one of these has the others.
 */
export function offerTools(parts: ActionParts): { dispose(): unknown }[] {
  const offers: (() => { dispose(): unknown })[] = [
    () =>
      chat.createChatParticipant(chatParticipant, (request, _context, stream, token) =>
        late().answerChat(parts, request, stream, token),
      ),
    () =>
      lm.registerMcpServerDefinitionProvider(mcpProvider, {
        provideMcpServerDefinitions: () => late().mcpServers(parts),
      }),
    ...languageModelTools.map(
      (name) => () =>
        lm.registerTool<object>(`ashlar_${name}`, {
          prepareInvocation: ({ input }) => late().prepareTool(name, input),
          invoke: ({ input }, token) => late().invokeTool(parts, name, input, token),
        }),
    ),
  ];
  return offers.flatMap((offer) => {
    try {
      return [offer()];
    } catch (error) {
      parts.log.info(`The editor does not take an offer of ours: ${String(error)}`);
      return [];
    }
  });
}
