import type { PlanChangeEvent } from '../events/plan-change.ts';
import type { Adoptable, BaseRecord } from '../events/run-origin.ts';
import type { RunLifeEvent } from '../events/run.ts';
import type { EventFields } from './event-table.ts';
import {
  flag,
  form,
  listOf,
  number,
  objectOf,
  onlyTold,
  orNull,
  told,
  who,
  word,
} from './field.ts';
import { count, digest, evidence, hash, moduleName, name, run, tree } from './id-fields.ts';
import { plan } from './plan-fields.ts';

const texts = onlyTold(listOf(told), []);

const base = objectOf<BaseRecord>({
  tree,
  commit: hash,
  head: orNull(hash),
  // What somebody calls a branch, a folder or a file is said in the repository alone.
  branch: onlyTold(orNull(told), null),
  repository: word({ none: true, top: true, inside: true }),
  prefix: told,
  dirty: flag,
  dirtyPaths: texts,
  dirtyCount: count,
  changes: hash,
  files: number,
  bytes: number,
  submodules: texts,
  lfs: texts,
});

const adoptable = objectOf<Adoptable>({
  module: moduleName,
  from: run,
  seal: digest,
  tree,
  amendments: listOf(objectOf({ contract: tree, listing: digest, tests: count, reason: told })),
});

/** `ashlar/<run>`, and nothing that a person has called so. */
const delivered = form<string>((text) => text.length <= 4_000, 'name');

/** The run as a whole, and changes of its plan. */
export const runFields: EventFields<(RunLifeEvent | PlanChangeEvent)['type']> = {
  'run-started': {
    run,
    plan,
    base,
    sandbox: objectOf({
      mode: word({ require: true, prefer: true, off: true }),
      kind: word({ bwrap: true, none: true }),
    }),
    way: word({ parallel: true, sequential: true }),
    adoptable: listOf(adoptable),
  },
  'driver-started': {
    driver: count,
    host: told,
    pid: (value, out) => (out.keepsTold ? count(value, out) : 0),
  },
  'prerequisite-checked': { name, passed: flag, evidence: listOf(evidence) },
  'prerequisites-missing': { names: listOf(name) },
  'prerequisites-check-started': {},
  'go-given': {},
  'run-paused': { by: who },
  'run-resumed': { by: who },
  'run-cancelled': { by: who, reason: told },
  'delivery-started': {},
  delivered: {
    kind: word({ branch: true, folder: true }),
    name: (value, out) => out.label(delivered(value, out), 'result'),
    commit: orNull(hash),
  },
  'delivery-failed': { message: told },
  'run-finished': {
    outcome: word({ complete: true, failed: true, cancelled: true }),
    reason: told,
  },
  'run-reopened': { by: who, reason: told },
  'postmortem-written': { digest },
  'plan-changed': { plan, reason: told, by: who },
  'module-split': {
    module: moduleName,
    into: listOf(moduleName),
    plan,
    contracts: listOf(objectOf({ module: moduleName, contract: tree, seed: orNull(tree) })),
    reason: told,
    by: who,
  },
};
