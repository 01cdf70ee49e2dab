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

const maxTextChars = 4_000;
const maxUriChars = 4_000;
const maxPathChars = 4_000;
const maxVersion = 1_000_000;

/** Something does not fit the protocol. */
export class Misfit extends Error {}

/** Reads fields of hostile input; whatever does not fit ends the reading. */
export class Fields {
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
