import { readModelChoice } from '../engine/agents/model-choice.ts';
import type { ModelOptions, ModelService } from '../engine/agents/model-service.ts';
import type { Arguments } from './arguments.ts';
import { readKeyFile, type KeyRead } from './key-file.ts';

/** What a process is told by its surroundings. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What to do where the key is not taken, or there is none. */
const keyHint =
  'set ANTHROPIC_API_KEY in the environment of this command, or name a file that holds it in ASHLAR_KEY_FILE; nothing of it is recorded, and no check gets it';

const ofVariable =
  'the key came from ANTHROPIC_API_KEY: set another there, or name a file that holds it in ASHLAR_KEY_FILE';
const ofFile =
  'the key came from the file that ASHLAR_KEY_FILE names: put another into it, or name another file';
const ofBoth = `${ofFile}; it goes before ANTHROPIC_API_KEY, which is set too`;

/** What a command line and its environment say of models; the options have been held against their form. */
export function modelOptions(given: Arguments, env: Environment): ModelOptions {
  const read = readModelChoice(given.option('model') ?? '');
  const [baseURLFrom, baseURL] = placeFrom(given, env);
  const key = (): Key => keyFrom(env);
  return {
    choice: given.option('model') !== null && read.ok ? read.choice : {},
    service: {
      // What needs no key does not wait for a pipe that gives one.
      get apiKey() {
        return key().apiKey;
      },
      get keyHint() {
        return key().keyHint;
      },
      baseURL,
      baseURLFrom,
    },
    claudeCode: {
      sdk: filled(env.ASHLAR_CLAUDE_SDK),
      executable: filled(env.ASHLAR_CLAUDE_EXECUTABLE),
    },
  };
}

/** Where the service is asked, by what that was said first. */
function placeFrom(given: Arguments, env: Environment): readonly [string | null, string | null] {
  const said = [
    ['--base-url', given.option('base-url')],
    ['ASHLAR_BASE_URL', filled(env.ASHLAR_BASE_URL)],
    ['ANTHROPIC_BASE_URL', filled(env.ANTHROPIC_BASE_URL)],
  ] as const;
  return said.find(([, value]) => value !== null) ?? [null, null];
}

type Key = Pick<ModelService, 'apiKey' | 'keyHint'>;

/** A file goes first: what it holds stands in no environment, where others could read it. */
function keyFrom(env: Environment): Key {
  const file = filled(env.ASHLAR_KEY_FILE);
  if (file === null) {
    const apiKey = filled(env.ANTHROPIC_API_KEY);
    return { apiKey, keyHint: apiKey === null ? keyHint : ofVariable };
  }
  const read = reads.get(env) ?? readKeyFile(file);
  reads.set(env, read);
  if (read.ok)
    return { apiKey: read.key, keyHint: filled(env.ANTHROPIC_API_KEY) === null ? ofFile : ofBoth };
  // Not even the name is said: whoever mistakes one for the other puts the key itself there.
  const hint = `ASHLAR_KEY_FILE names a file that ${read.why}; name a file that holds the key, not the key itself, and nothing else in it`;
  return { apiKey: null, keyHint: hint };
}

/** A pipe gives its key once. */
const reads = new WeakMap<Environment, KeyRead>();

/** A variable that is set to nothing is not set. */
const filled = (value: string | undefined): string | null => {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
};
