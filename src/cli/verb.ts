import type { Arguments } from './arguments.ts';
import type { Engine } from './engine.ts';
import type { Environment } from './model-options.ts';
import type { Terminal } from './terminal.ts';

interface Named {
  readonly name: string;
  readonly says: string;
}

export type ValueKind =
  | ('text' | 'path' | 'speed' | 'amount' | 'whole' | 'count')
  | ('scope' | 'digest' | 'model' | 'models' | 'url');

/** What an option takes; a flag takes nothing. */
export type OptionSpec = Named &
  (
    | { readonly kind: 'flag' }
    | { readonly kind: 'choice'; readonly choices: readonly string[] }
    | {
        readonly kind: ValueKind;
        readonly placeholder: string;
        readonly required: boolean;
        /** Given more than once, each adds to the ones before. */
        readonly repeats?: boolean;
      }
  );

/** What stands without dashes, in its order. */
export interface PositionalSpec {
  readonly name: string;
  readonly kind: 'file' | 'run' | 'name' | 'node' | 'conflict' | 'pool' | 'text';
  readonly required: boolean;
}

export interface VerbSpec extends Named {
  readonly positionals: readonly PositionalSpec[];
  readonly options: readonly OptionSpec[];
  /** Exit codes besides 2, with what they mean. */
  readonly exits: readonly (readonly [number, string])[];
  /** Loads what carries it out. */
  readonly load: () => Promise<Verb>;
}

/** What a verb is given. */
export interface VerbContext {
  readonly terminal: Terminal;
  readonly engine: Engine;
  /** Absolute; what paths of plans are relative to. */
  readonly workspace: string;
  /** How to call this program again for the same folder: `ashlar`, or with `--cwd`. */
  readonly program: string;
  /** In whose name a person's decisions are recorded. */
  readonly by: string;
  readonly env: Environment;
  readonly version: () => string;
  /** Where this program was installed; null where its package is not there. */
  readonly packageFolder: () => string | null;
}

/** Carries a verb out and answers with its exit code. */
export type Verb = (context: VerbContext, given: Arguments) => Promise<number>;
