import type { Amount } from '../budget.ts';
import type { AttemptOf } from '../events/recorded.ts';
import {
  isDigest,
  isName,
  isRunId,
  type Digest,
  type GateId,
  type ModuleId,
  type NodeRef,
  type Order,
  type ResourceId,
  type RunId,
  type StreamId,
  type TierId,
  type TreeId,
} from '../ids.ts';
import { partScopes, type Scope } from '../scopes.ts';
import type { Evidence } from '../verdict.ts';
import {
  form,
  found,
  label,
  named,
  number,
  objectOf,
  onlyFound,
  orNull,
  piece,
  whole,
  word,
  type Field,
  type Fields,
} from './field.ts';

const isRef = (text: string): boolean => {
  const at = text.indexOf(':');
  return /^(?:module|tier|gate|stream)$/.test(text.slice(0, at)) && isName(text.slice(at + 1));
};
const isHash = (text: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

export const name = named<string>(isName, 'name');
export const moduleName = named<ModuleId>(isName, 'name of a module');
export const tierName = named<TierId>(isName, 'name of a tier');
export const gateName = named<GateId>(isName, 'name of a gate');
export const streamName = named<StreamId>(isName, 'name of a stream');
export const resourceName = named<ResourceId>(isName, 'name of a resource');

const nodeRef = form<NodeRef>(isRef, 'name of a module, tier, gate or stream');
export const node: Field<NodeRef> = (value, out) => {
  const ref = nodeRef(value, out);
  const at = ref.indexOf(':') + 1;
  return `${ref.slice(0, at)}${out.name(ref.slice(at))}` as NodeRef;
};
export const run = form<RunId>(isRunId, 'id of a run');
export const digest = form<Digest>(isDigest, 'SHA-256 digest');
export const hash = form<string>(isHash, 'hash');
/** '' stands for a contract that is not written yet. */
export const tree = form<TreeId>((text) => text === '' || isHash(text), 'tree of a store');
const sharedScope = form<Scope>(
  (text) => text === 'run' || partScopes.some((each) => each === text) || isRef(text),
  'scope of a budget',
);
export const scope: Field<Scope> = (value, out) => {
  const read = sharedScope(value, out);
  return isRef(read) ? node(read, out) : read;
};
/** A word of ours that says what happened: `contract-vacuous`. */
export const code = label('failed');
export const order = whole<Order>();
export const count = whole();

export const amount = objectOf<Amount>({
  tokens: number,
  microUsd: number,
  turns: number,
  ms: number,
});

export const attemptOf: Fields<AttemptOf> = {
  module: moduleName,
  attempt: count,
  epoch: count,
};

export const evidence = objectOf<Evidence>({
  kind: word({
    ...({ test: true, check: true, limit: true, report: true } as const),
    ...({ scope: true, review: true, feedback: true, conflict: true } as const),
  }),
  check: orNull(label('check')),
  test: onlyFound(orNull(found), null),
  file: onlyFound(orNull(found), null),
  line: onlyFound(orNull(count), null),
  says: piece,
});
