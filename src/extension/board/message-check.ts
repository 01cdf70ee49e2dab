import {
  gateId,
  isDigest,
  isName,
  isRunId,
  moduleId,
  nodeRef,
  treeId,
  type Digest,
  type GateId,
  type ModuleId,
  type NodeRef,
  type RunId,
  type TreeId,
} from '../../core/ids.ts';
import { isNoteName } from '../../core/note-name.ts';
import { unsafePath } from '../../core/paths.ts';
import { poolKinds, type PoolKind } from '../../core/plan/plan.ts';
import { parseScope, type Scope } from '../../core/scopes.ts';
import type { Action, BoardMessage, Question, RunKey, Show } from '../../protocol/board.ts';

const maxTextChars = 4_000;
const maxUriChars = 4_000;
const maxPathChars = 4_000;
const maxVersion = 1_000_000;
const maxLine = 10_000_000;

/**
 * What a webview sent, if it is exactly a message of the protocol; null for anything else. The
 * webview is the untrusted side: every field is looked at, and what comes out is built anew, so
 * nothing that the protocol does not know gets in.
 */
export function checkMessage(value: unknown): BoardMessage | null {
  try {
    return message(new Fields(value));
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
}

/** The key of a run, as it comes from outside; null for anything else. */
export function checkRunKey(value: unknown): RunKey | null {
  try {
    return runKey(new Fields(value));
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
}

/** A module of a run, as a lens names it; null for anything else. */
export function checkModuleKey(
  value: unknown,
): { readonly key: RunKey; readonly module: ModuleId } | null {
  try {
    const fields = new Fields(value);
    return { key: runKey(fields), module: fields.module('module') };
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
}

/** A pull request as an answer of the chat names it; null for anything else. */
export function checkPullRequestAsked(
  value: unknown,
): { readonly run: RunId | null; readonly title: string | null } | null {
  try {
    const fields = new Fields(value);
    return {
      run: fields.isNull('run') ? null : fields.run('run'),
      title: fields.isNull('title') ? null : fields.text('title'),
    };
  } catch (error) {
    if (error instanceof Misfit) return null;
    throw error;
  }
}

class Misfit extends Error {}

function message(fields: Fields): BoardMessage {
  const type = fields.word('type');
  switch (type) {
    case 'ready':
    case 'resync':
      return { type };
    case 'act':
      return {
        ...{ type, run: fields.isNull('run') ? null : fields.run('run') },
        action: action(fields.inside('action')),
      };
    case 'ask': {
      const id = fields.whole('id', 0, Number.MAX_SAFE_INTEGER);
      return { type, id, question: question(fields.inside('question')) };
    }
    default:
      throw new Misfit();
  }
}

function action(fields: Fields): Action {
  const what = fields.word('do');
  switch (what) {
    case 'run-example':
    case 'create-plan':
    case 'open-walkthrough':
    case 'open-folder':
    case 'manage-trust':
    case 'show-output':
    case 'reload-window':
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'export-run':
      return { do: what };
    case 'raise-budget':
      return fields.lacks('scope') ? { do: what } : { do: what, scope: fields.scope('scope') };
    case 'retry-provider':
      return fields.lacks('provider')
        ? { do: what }
        : { do: what, provider: fields.agent('provider') };
    case 'switch-agents':
      return fields.lacks('pool') ? { do: what } : { do: what, pool: fields.pool('pool') };
    case 'run-plan':
      return fields.lacks('uri') ? { do: what } : { do: what, uri: fields.uri('uri') };
    case 'open-plan':
      return { do: what, uri: fields.uri('uri') };
    case 'select-run':
    case 'open-board':
    case 'open-postmortem':
      return { do: what, key: runKey(fields.inside('key')) };
    case 'approve':
    case 'reject':
      return {
        ...{ do: what, gate: fields.gate('gate'), submission: fields.digest('submission') },
        note: fields.text('note'),
      };
    case 'reopen':
    case 'amend':
    case 'open-draft':
    case 'discard-draft':
    case 'decide-dispute':
    case 'open-transcript':
    case 'open-sealed':
      return { do: what, module: fields.module('module') };
    case 'confirm-draft':
      return { do: what, module: fields.module('module'), reason: fields.text('reason') };
    case 'open-insight':
      return { do: what, file: fields.note('file') };
    case 'open-contract':
      return { do: what, module: fields.module('module'), version: fields.version('version') };
    case 'diff-contract':
      return { do: what, ...between(fields) };
    case 'diff-submission':
    case 'compare-submission':
      return { do: what, module: fields.module('module'), tree: fields.tree('tree') };
    case 'open-evidence':
      return {
        ...{ do: what, module: fields.module('module') },
        tree: fields.isNull('tree') ? null : fields.tree('tree'),
        file: fields.path('file'),
        line: fields.isNull('line') ? null : fields.whole('line', 1, maxLine),
      };
    case 'open-gate-evidence':
      return {
        ...{ do: what, gate: fields.tierOrGate('gate'), file: fields.path('file') },
        line: fields.isNull('line') ? null : fields.whole('line', 1, maxLine),
      };
    case 'diff-approval':
    case 'compare-approval':
      return { do: what, gate: fields.gate('gate'), submission: fields.digest('submission') };
    case 'show':
      return { do: what, show: show(fields.inside('show')) };
    default:
      throw new Misfit();
  }
}

function question(fields: Fields): Question {
  const about = fields.word('about');
  switch (about) {
    case 'contract':
      return { about, ...between(fields) };
    case 'tests':
      return { about, module: fields.module('module') };
    case 'submission':
      return { about, module: fields.module('module'), tree: fields.tree('tree') };
    case 'approval':
      return { about, gate: fields.gate('gate'), submission: fields.digest('submission') };
    default:
      throw new Misfit();
  }
}

function show(fields: Fields): Show {
  const view = fields.word('view');
  switch (view) {
    case 'graph':
    case 'streams':
    case 'gates':
    case 'table':
    case 'account':
      return { view };
    case 'module':
    case 'amendment':
      return { view, module: fields.module('module') };
    default:
      throw new Misfit();
  }
}

const between = (fields: Fields) => ({
  module: fields.module('module'),
  from: fields.version('from'),
  to: fields.version('to'),
});

function runKey(fields: Fields): RunKey {
  return { folder: fields.uri('folder'), run: fields.run('run') };
}

/** Reads fields of hostile input; whatever does not fit ends the reading. */
class Fields {
  readonly #from: object;

  constructor(from: unknown) {
    if (typeof from !== 'object' || from === null || Array.isArray(from)) throw new Misfit();
    this.#from = from;
  }

  inside(name: string): Fields {
    return new Fields(this.#get(name));
  }

  /** Only of fields that the protocol lets be left out. */
  lacks(name: string): boolean {
    return !Object.hasOwn(this.#from, name);
  }

  isNull(name: string): boolean {
    return this.#get(name) === null;
  }

  word(name: string): string {
    return this.#string(name, 100);
  }

  text(name: string): string {
    return this.#string(name, maxTextChars);
  }

  /** A URI with a scheme; whether it belongs to an open folder is for others to say. */
  uri(name: string): string {
    const uri = this.#string(name, maxUriChars);
    if (!/^[a-z][a-z0-9+.-]*:[^\s\p{Cc}]+$/iu.test(uri)) throw new Misfit();
    return uri;
  }

  /** The name of a plain file in the folder of notes. */
  note(name: string): string {
    const file = this.#string(name, 200);
    if (!isNoteName(file)) throw new Misfit();
    return file;
  }

  /** A path from the root that cannot leave it. */
  path(name: string): string {
    const path = this.#string(name, maxPathChars);
    if (unsafePath(path) !== null) throw new Misfit();
    return path;
  }

  module(name: string): ModuleId {
    return moduleId(this.#name(name));
  }

  scope(name: string): Scope {
    const scope = parseScope(this.word(name));
    if (scope === null) throw new Misfit();
    return scope;
  }

  pool(name: string): PoolKind {
    const word = this.word(name);
    const pool = poolKinds.find((each) => each === word);
    if (pool === undefined) throw new Misfit();
    return pool;
  }

  /** As plans name an agent provider. */
  agent(name: string): string {
    return this.#name(name);
  }

  gate(name: string): GateId {
    return gateId(this.#name(name));
  }

  tierOrGate(name: string): NodeRef {
    const [kind, id = '', ...rest] = this.word(name).split(':');
    if ((kind !== 'tier' && kind !== 'gate') || rest.length > 0 || !isName(id)) throw new Misfit();
    return nodeRef(kind, id);
  }

  run(name: string): RunId {
    const run = this.word(name);
    if (!isRunId(run)) throw new Misfit();
    return run;
  }

  digest(name: string): Digest {
    const digest = this.word(name);
    if (!isDigest(digest)) throw new Misfit();
    return digest;
  }

  tree(name: string): TreeId {
    const tree = this.word(name);
    if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(tree)) throw new Misfit();
    return treeId(tree);
  }

  version(name: string): number {
    return this.whole(name, 1, maxVersion);
  }

  whole(name: string, min: number, max: number): number {
    const value = this.#get(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Misfit();
    if (value < min || value > max) throw new Misfit();
    return value;
  }

  #name(name: string): string {
    const value = this.word(name);
    if (!isName(value)) throw new Misfit();
    return value;
  }

  #string(name: string, maxChars: number): string {
    const value = this.#get(name);
    if (typeof value !== 'string' || value.length > maxChars) throw new Misfit();
    return value;
  }

  /** Only what the message itself holds: nothing that every object has. */
  #get(name: string): unknown {
    if (!Object.hasOwn(this.#from, name)) throw new Misfit();
    return (this.#from as Record<string, unknown>)[name];
  }
}
