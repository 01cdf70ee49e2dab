import type { CancellationToken, LanguageModelChat, LanguageModelChatResponse } from 'vscode';
import type { ChatModel, ModelReply, ModelRequest } from '../../engine/agents/model/chat-model.ts';
import { outputTokens } from '../../engine/agents/work.ts';
import { callBound, callCost } from '../../engine/agents/models/cost.ts';
import { editorFailure, isFiltered } from './editor-failure.ts';
import { messagesOf } from './editor-messages.ts';
import type { EditorApi } from './editor-models.ts';
import { TokenCounts } from './token-counts.ts';

/** No provider's name has more, and no record takes more. */
const maxNameChars = 100;
/** More than a token has of most texts: whoever says more is cut off there. */
const charsPerToken = 8;
/** No reply asks for more tools at once. */
const maxUses = 64;

type Part = ModelReply['content'][number];

/** A language model of the editor. It tells no usage: tokens are counted by its own count, money is unknown. */
export function editorModel(api: EditorApi, model: LanguageModelChat): ChatModel {
  const counts = new TokenCounts(model);
  return {
    id: `${model.vendor}/${model.id}`.replaceAll(/[^\w.:@/-]/g, '-').slice(0, maxNameChars),
    contextTokens: model.maxInputTokens,
    // The editor does not tell it.
    outputTokens: outputTokens[0],
    priced: false,
    bound: async (request, signal) => {
      const prompt = await orAborted(counts.prompt(request), signal);
      return callBound(prompt, request.maxOutputTokens, null);
    },
    call: async (request, hear, signal, _again, waits = noOneWaits) => {
      signal.throwIfAborted();
      const source = new api.CancellationTokenSource();
      const cancel = (): void => source.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      try {
        const reply = await said(api, model, { request, hear, signal, waits, token: source.token });
        const input = await orAborted(counts.prompt(request), signal);
        const output = await orAborted(counts.content(reply.content), signal);
        const usage = { input, cacheRead: 0, cacheWrite: 0, output };
        return { ...reply, usage, cost: callCost(usage, null, 1) };
      } catch (error) {
        signal.throwIfAborted();
        throw editorFailure(error, model);
      } finally {
        signal.removeEventListener('abort', cancel);
        // Whoever still streams, for its length or a fault, is told to end.
        source.cancel();
        source.dispose();
      }
    },
  };
}

interface Asking {
  readonly request: ModelRequest;
  readonly hear: (text: string) => void;
  readonly signal: AbortSignal;
  readonly waits: NonNullable<Parameters<ChatModel['call']>[4]>;
  readonly token: CancellationToken;
}

const noOneWaits = (): void => undefined;

async function said(
  api: EditorApi,
  model: LanguageModelChat,
  { request, hear, signal, waits, token }: Asking,
): Promise<Pick<ModelReply, 'content' | 'stop'>> {
  const tools = request.tools.map(({ name, description, input }) => ({
    ...{ name, description, inputSchema: input },
  }));
  try {
    // The editor shows it to the person whose consent it asks for.
    const { l10n } = api;
    const justification = l10n.t(
      'Agents of Ashlar plan, build and review the modules of your plan with them.',
    );
    const options = tools.length === 0 ? { justification } : { justification, tools };
    // Until the editor lets it ask, a person may be asked for consent; which models that holds for, and
    // whether it was given before, the editor does not tell. What comes after that is the service's.
    waits(true, 'person');
    const asked = model.sendRequest(messagesOf(api, request), options, token);
    const response = await orAborted(asked, signal);
    waits(false);
    return await heard(api, response, { request, hear, signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!isFiltered(error)) throw error;
    return { content: [], stop: 'refused' };
  }
}

async function heard(
  api: EditorApi,
  { stream }: LanguageModelChatResponse,
  { request, hear, signal }: Omit<Asking, 'token' | 'waits'>,
): Promise<Pick<ModelReply, 'content' | 'stop'>> {
  const parts = stream[Symbol.asyncIterator]();
  const content: Part[] = [];
  const most = request.maxOutputTokens * charsPerToken;
  let chars = 0;
  for (;;) {
    const next = await orAborted(parts.next(), signal);
    if (next.done === true) break;
    const part: unknown = next.value;
    if (part instanceof api.LanguageModelTextPart) {
      const last = content.at(-1);
      const text = part.value.slice(0, most - chars);
      chars += part.value.length;
      hear(text);
      if (last?.kind === 'said') content.splice(-1, 1, { kind: 'said', text: last.text + text });
      else content.push({ kind: 'said', text });
    } else if (part instanceof api.LanguageModelToolCallPart) {
      const { callId: id, name, input } = part;
      chars += JSON.stringify(input).length;
      content.push({ kind: 'tool-use', id, name, input });
    }
    // Other parts are for the editor's own chat.
    if (chars > most || content.length > maxUses) return { content, stop: 'length' };
  }
  const stop = content.some(({ kind }) => kind === 'tool-use') ? 'tools' : 'answered';
  return { content, stop };
}

/** Waits no longer than the signal lets it, whether or not the model's own extension heeds it. */
function orAborted<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason as Error);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(
      (value) => {
        signal.removeEventListener('abort', end);
        resolve(value);
      },
      (error: unknown) => {
        signal.removeEventListener('abort', end);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
