import type { PersonCommand } from '../core/commands/person.ts';
import { isRuling, type Ruling } from '../core/conflict.ts';
import { gateId, isDigest, isName, moduleId, treeId, type TreeId } from '../core/ids.ts';
import { isModelName } from '../core/plan/model-name.ts';
import { poolKinds, type PoolKind } from '../core/plan/plan.ts';
import { parseScope, type Scope } from '../core/scopes.ts';
import type { InboxCommand } from './journal/inbox-folder.ts';
import type { Unstamped } from './run-loop.ts';
import { isRecord } from '../core/is-record.ts';

export type ReadCommand =
  | { readonly ok: true; readonly command: Unstamped<PersonCommand> }
  | { readonly ok: false; readonly message: string };

const maxTextLength = 4_000;
/** Sums of such bounds are still exact. */
const largestBound = 1e15;

/**
 * Reads what another process left in the inbox. Whatever is not exactly a person's command is
 * refused: results of effects never come this way.
 */
export function readPersonCommand(from: InboxCommand): ReadCommand {
  const reader = new FieldReader(from);
  const command = build(from.type, reader);
  if (command === null) return { ok: false, message: `there is no command ${from.type}` };
  const { problem } = reader;
  return problem === null ? { ok: true, command } : { ok: false, message: problem };
}

function build(type: string, fields: FieldReader): Unstamped<PersonCommand> | null {
  const by = fields.text('by');
  switch (type) {
    case 'pause-run':
    case 'resume-run':
      return { type, by };
    case 'cancel-run':
      return { type, by, reason: fields.text('reason') };
    case 'approve-gate':
    case 'reject-gate': {
      const note = fields.text('note');
      return { type, gate: fields.gate(), submission: fields.digest('submission'), by, note };
    }
    case 'reopen-module':
    case 'amend-contract': {
      const reason = fields.text('reason');
      return { type, module: fields.module(), contract: fields.tree('contract'), reason, by };
    }
    case 'resolve-conflict': {
      const decision = fields.ruling();
      const conflict = fields.conflict();
      return { type, conflict, decision, reason: fields.text('reason'), by };
    }
    case 'retry-provider':
      return { type, provider: fields.provider(), by };
    case 'switch-agents':
      return { type, pool: fields.pool(), agent: fields.agent('agent'), ...fields.model(), by };
    case 'change-budget': {
      const bounds = fields.inside('budget');
      const budget = {
        tokens: bounds.bound('tokens', true),
        minutes: bounds.bound('minutes', false),
        microUsd: bounds.bound('microUsd', true),
        turns: bounds.bound('turns', true),
        attempts: bounds.bound('attempts', true),
      };
      fields.problem ??= bounds.problem;
      return { type, scope: fields.scope(), budget, by };
    }
    default:
      return null;
  }
}

/** Reads fields of hostile input; remembers the first that does not fit. */
class FieldReader {
  problem: string | null = null;
  readonly #from: InboxCommand;

  constructor(from: InboxCommand) {
    this.#from = from;
  }

  text(name: string): string {
    const value = this.#from[name];
    if (typeof value === 'string' && value.length <= maxTextLength) return value;
    return this.#refuse(name, '');
  }

  /** A record within this one; an empty one where there is none. */
  inside(name: string): FieldReader {
    const value = this.#from[name];
    const isThere = isRecord(value);
    if (!isThere) this.#refuse(name, null);
    return new FieldReader((isThere ? value : {}) as InboxCommand);
  }

  /** A bound of a budget; null where it is to stay as it is. */
  bound(name: string, whole: boolean): number | null {
    const value = this.#from[name] ?? null;
    if (value === null) return null;
    const fits = typeof value === 'number' && value >= 0 && value <= largestBound;
    if (fits && (!whole || Number.isInteger(value))) return value;
    return this.#refuse(name, null);
  }

  /** The run's where none is named. */
  scope(): Scope {
    const value = this.#from.scope ?? 'run';
    const scope = typeof value === 'string' ? parseScope(value) : null;
    return scope ?? this.#refuse('scope', 'run');
  }

  /** null where none is named: all that are waited for. */
  provider(): string | null {
    return (this.#from.provider ?? null) === null ? null : this.agent('provider');
  }

  agent(name: string): string {
    const value = this.text(name);
    return isName(value) ? value : this.#refuse(name, 'unknown');
  }

  /** Nothing where none is named: the provider's own. */
  model(): { readonly model?: string } {
    if ((this.#from.model ?? null) === null) return {};
    const value = this.text('model');
    return { model: isModelName(value) ? value : this.#refuse('model', 'unknown') };
  }

  pool(): PoolKind {
    const value = this.text('pool');
    return poolKinds.find((pool) => pool === value) ?? this.#refuse('pool', 'builders');
  }

  conflict(): number {
    const value = this.#from.conflict;
    if (Number.isSafeInteger(value) && (value as number) > 0) return value as number;
    return this.#refuse('conflict', 0);
  }

  ruling(): Ruling {
    const value = this.text('decision');
    return isRuling(value) ? value : this.#refuse('decision', 'uphold');
  }

  gate() {
    const value = this.text('gate');
    return gateId(isName(value) ? value : this.#refuse('gate', 'unknown'));
  }

  module() {
    const value = this.text('module');
    return moduleId(isName(value) ? value : this.#refuse('module', 'unknown'));
  }

  digest(name: string) {
    const value = this.text(name);
    return isDigest(value) ? value : this.#refuse(name, '' as never);
  }

  tree(name: string): TreeId {
    const value = this.text(name);
    if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return treeId(value);
    return this.#refuse(name, '' as TreeId);
  }

  #refuse<T>(name: string, instead: T): T {
    this.problem ??= `its field ${name} is not what it should be`;
    return instead;
  }
}
