import type { ModelOptions } from '../../engine/agents/model-service.ts';

const keyHint = 'use the command line, with ANTHROPIC_API_KEY in its environment';

/** How agents that are models are reached from this window. */
export const windowModels: ModelOptions = {
  choice: {},
  service: { apiKey: null, baseURL: null, keyHint },
};
