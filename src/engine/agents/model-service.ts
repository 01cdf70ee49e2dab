import type { ClaudeCodePlaces } from './claude-code/load-sdk.ts';
import type { ChatModel } from './model/chat-model.ts';
import type { ModelChoice } from './model-choice.ts';

/** How the service behind agents of models is reached. */
export interface ModelService {
  /** Recorded nowhere; null: none was given. */
  readonly apiKey: string | null;
  /** null: the provider's own. */
  readonly baseURL: string | null;
  /** Why no key may be sent to that address, beside its form; left out or null: it may. */
  readonly addressFault?: string | null;
  /** By what a person gave that; left out: nobody has to be told. */
  readonly baseURLFrom?: string | null;
  /** Where a person gives a key, to be told where there is none. */
  readonly keyHint: string;
}

/** The language models of an editor, where there is one around the engine. */
export interface EditorModels {
  /** `name`: as the plan has it; null: the one that a person has chosen. */
  open(name: string | null): Promise<OpenedModel>;
}

export type OpenedModel =
  | { readonly ok: true; readonly model: ChatModel }
  /** What, where, and what to do. */
  | { readonly ok: false; readonly code: string; readonly message: string };

/** What a session is told of models beside its plan. */
export interface ModelOptions {
  readonly choice: ModelChoice;
  readonly service: ModelService;
  /** Left out: it is looked for. */
  readonly claudeCode?: ClaudeCodePlaces;
  /** Left out: there is no editor. */
  readonly editor?: EditorModels;
}
