declare const brand: unique symbol;

type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** `yyyymmdd-hhmm-xxxx`: sorts by start, readable aloud. */
export type RunId = Branded<string, 'RunId'>;
/** A module's name in its plan. */
export type ModuleId = Branded<string, 'ModuleId'>;
/** A tier's name in its plan. */
export type TierId = Branded<string, 'TierId'>;
/** A gate's name in its plan (end-to-end and approval gates; modules and tiers have gates of their own). */
export type GateId = Branded<string, 'GateId'>;
/** A stream's name in its plan. */
export type StreamId = Branded<string, 'StreamId'>;
/** A resource's name in its plan. */
export type ResourceId = Branded<string, 'ResourceId'>;
/** SHA-256 as 64 lower-case hex digits. */
export type Digest = Branded<string, 'Digest'>;
/** A git tree in the run's store: 40 hex digits (SHA-1 repositories) or 64 (SHA-256 ones). */
export type TreeId = Branded<string, 'TreeId'>;
/** `module:lexer`, `tier:frontend`, `gate:ship`, `stream:docs`: what plans require and gates judge. */
export type NodeRef = Branded<string, 'NodeRef'>;
/** Sequence number of the event that ordered an effect; late results are fenced by it. */
export type Order = Branded<number, 'Order'>;

const namePattern = /^[a-z][a-z0-9-]{0,39}$/;
const windowsDevice = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;
const runIdPattern = /^[0-9]{8}-[0-9]{4}-[0-9a-v]{4}$/;
const digestPattern = /^[0-9a-f]{64}$/;
const treePattern = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** True for `[a-z][a-z0-9-]{0,39}` that Windows does not reserve for a device. */
export function isName(text: string): boolean {
  return namePattern.test(text) && !windowsDevice.test(text);
}

function name(text: string, what: string): string {
  if (!isName(text)) throw new Error(`not a ${what} name: ${JSON.stringify(text)}`);
  return text;
}

export const moduleId = (text: string): ModuleId => name(text, 'module') as ModuleId;
export const tierId = (text: string): TierId => name(text, 'tier') as TierId;
export const gateId = (text: string): GateId => name(text, 'gate') as GateId;
export const streamId = (text: string): StreamId => name(text, 'stream') as StreamId;
export const resourceId = (text: string): ResourceId => name(text, 'resource') as ResourceId;

export const isRunId = (text: string): text is RunId => runIdPattern.test(text);

export function runId(text: string): RunId {
  if (!isRunId(text)) throw new Error(`not a run id: ${JSON.stringify(text)}`);
  return text;
}

export const isDigest = (text: string): text is Digest => digestPattern.test(text);

export function digest(text: string): Digest {
  if (!isDigest(text)) throw new Error(`not a SHA-256 digest: ${JSON.stringify(text)}`);
  return text;
}

export function treeId(text: string): TreeId {
  if (!treePattern.test(text)) throw new Error(`not a git tree id: ${JSON.stringify(text)}`);
  return text as TreeId;
}

/** Stands for the contract of a module that has none yet; no store has it. */
export const noTree = '' as TreeId;

export const order = (seq: number): Order => seq as Order;

export type NodeKind = 'module' | 'tier' | 'gate' | 'stream';

export const nodeRef = (kind: NodeKind, id: string): NodeRef => `${kind}:${id}` as NodeRef;

/** Splits `tier:frontend` into its kind and name; refs are made by {@link nodeRef} alone. */
export function parseNodeRef(ref: NodeRef): { readonly kind: NodeKind; readonly id: string } {
  const colon = ref.indexOf(':');
  return { kind: ref.slice(0, colon) as NodeKind, id: ref.slice(colon + 1) };
}
