import type { ClaudeCodePlaces } from './claude-code/load-sdk.ts';
import type { ModelChoice } from './model-choice.ts';

/** How the service behind agents of models is reached. */
export interface ModelService {
  /** Recorded nowhere; null: none was given. */
  readonly apiKey: string | null;
  /** null: the provider's own. */
  readonly baseURL: string | null;
  /** Where a person gives a key, to be told where there is none. */
  readonly keyHint: string;
}

/** What a session is told of models beside its plan. */
export interface ModelOptions {
  readonly choice: ModelChoice;
  readonly service: ModelService;
  /** Left out: it is looked for. */
  readonly claudeCode?: ClaudeCodePlaces;
}
