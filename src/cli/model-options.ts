import { readModelChoice } from '../engine/agents/model-choice.ts';
import type { ModelOptions } from '../engine/agents/model-service.ts';
import type { Arguments } from './arguments.ts';

/** What a process is told by its surroundings. */
export type Environment = Readonly<Record<string, string | undefined>>;

const keyHint =
  'set ANTHROPIC_API_KEY in the environment of this command; nothing of it is recorded, and no check gets it';

/** What a command line and its environment say of models; the options have been held against their form. */
export function modelOptions(given: Arguments, env: Environment): ModelOptions {
  const read = readModelChoice(given.option('model') ?? '');
  return {
    choice: given.option('model') !== null && read.ok ? read.choice : {},
    service: {
      apiKey: filled(env.ANTHROPIC_API_KEY),
      baseURL:
        given.option('base-url') ?? filled(env.ASHLAR_BASE_URL) ?? filled(env.ANTHROPIC_BASE_URL),
      keyHint,
    },
    claudeCode: {
      sdk: filled(env.ASHLAR_CLAUDE_SDK),
      executable: filled(env.ASHLAR_CLAUDE_EXECUTABLE),
    },
  };
}

/** A variable that is set to nothing is not set. */
const filled = (value: string | undefined): string | null => {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
};
