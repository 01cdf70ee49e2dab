import type { RunEvent } from '../events.ts';
import { nodeRef, type ModuleId, type NodeRef, type TreeId } from '../ids.ts';
import type { CheckResult, Evidence, Verdict } from '../verdict.ts';

/** How a gate judged last. */
export interface JudgedGate {
  readonly gate: NodeRef;
  /** Of the event that said so; no two have the same. */
  readonly seq: number;
  readonly at: number;
  /** null where a check gave two outcomes: that is no verdict. */
  readonly verdict: Verdict | null;
  /** A reviewer's, or a person's note; '' where nobody said anything. */
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly checks: readonly CheckResult[];
  /** What was judged of a module; null for tiers and gates. */
  readonly of: JudgedWork | null;
}

/** What a module had handed in. */
export interface JudgedWork {
  readonly module: ModuleId;
  readonly attempt: number;
  /** Of the contract that it was judged by. */
  readonly version: number;
  readonly tree: TreeId;
}

/** A person asked for something else than what was judged. */
export interface AskedByPerson {
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  readonly reason: string;
  /** Of the contract that came of it. */
  readonly version: number;
}

/** Nobody answers to more. */
const maxAsked = 20;

/**
 * The latest verdict of each gate, the latest of each that was no PASS, and what people asked for since
 * that. It is folded event by event beside a run that is followed, so that thousands of gates cost nothing.
 */
export class LastVerdicts {
  readonly #last = new Map<NodeRef, JudgedGate>();
  readonly #failed = new Map<NodeRef, JudgedGate>();
  readonly #asked = new Map<NodeRef, readonly AskedByPerson[]>();
  readonly #work = new Map<NodeRef, JudgedWork>();
  readonly #checks = new Map<NodeRef, CheckResult[]>();
  #seen = 0;

  /** Of every gate that was judged, in the order in which each was judged first. */
  get last(): ReadonlyMap<NodeRef, JudgedGate> {
    return this.#last;
  }

  /** Of every gate that once gave no PASS, the one that did so last being last. */
  get failed(): ReadonlyMap<NodeRef, JudgedGate> {
    return this.#failed;
  }

  /** What people asked of a module since its last verdict that was no PASS, oldest first. */
  asked(gate: NodeRef): readonly AskedByPerson[] {
    return this.#asked.get(gate) ?? [];
  }

  /** Takes what a run has told since the last time, and says which gates were judged. */
  follow(events: readonly RunEvent[]): ReadonlySet<NodeRef> {
    const judged = new Set<NodeRef>();
    for (; this.#seen < events.length; this.#seen++) {
      const event = events[this.#seen];
      const gate = event === undefined ? null : this.#take(event);
      if (gate !== null) judged.add(gate);
    }
    return judged;
  }

  /** The gate that was judged by it; null for all other events. */
  #take(event: RunEvent): NodeRef | null {
    if (event.type === 'check-finished') {
      const { gate, result } = event;
      this.#checks.set(gate, [...(this.#checks.get(gate) ?? []), result]);
      return null;
    }
    if (event.type === 'contract-amended') {
      if (event.source === 'person') this.#ask(event);
      return null;
    }
    this.#begin(event);
    return this.#verdict(event);
  }

  /** A gate is judged anew. */
  #begin(event: RunEvent): void {
    if (event.type === 'integration-started') this.#checks.delete(nodeRef('tier', event.tier));
    if (event.type === 'gate-started') this.#checks.delete(nodeRef('gate', event.gate));
    if (event.type !== 'evaluation-started' && event.type !== 'seal-adopted') return;
    const { module, version, tree } = event;
    const gate = nodeRef('module', module);
    // What was taken over was judged in another run.
    const attempt = event.type === 'seal-adopted' ? 0 : event.attempt;
    this.#work.set(gate, { module, attempt, version, tree });
    this.#checks.delete(gate);
  }

  #verdict(event: RunEvent): NodeRef | null {
    if (event.type === 'verdict-given') return this.#judge(event, event.gate, event);
    if (event.type === 'approval-given' || event.type === 'approval-refused') {
      const verdict = event.type === 'approval-given' ? 'PASS' : 'FAIL';
      const told = { verdict, summary: event.note, evidence: [] } as const;
      return this.#judge(event, nodeRef('gate', event.gate), told);
    }
    if (event.type === 'check-unstable') {
      const evidence = this.#checks.get(event.gate)?.flatMap((each) => each.evidence) ?? [];
      return this.#judge(event, event.gate, { verdict: null, summary: '', evidence });
    }
    if (event.type !== 'seal-adopted') return null;
    const told = { verdict: 'PASS', summary: '', evidence: [] } as const;
    return this.#judge(event, nodeRef('module', event.module), told);
  }

  #judge(
    { seq, at }: RunEvent,
    gate: NodeRef,
    { verdict, summary, evidence }: Pick<JudgedGate, 'verdict' | 'summary' | 'evidence'>,
  ): NodeRef {
    const checks = this.#checks.get(gate) ?? [];
    const of = this.#work.get(gate) ?? null;
    const judged = { gate, seq, at, verdict, summary, evidence, checks, of };
    this.#last.set(gate, judged);
    if (verdict !== 'PASS') {
      this.#failed.delete(gate);
      this.#failed.set(gate, judged);
      this.#asked.delete(gate);
    }
    return gate;
  }

  #ask({ module, seq, at, by, reason, version }: Extract<RunEvent, { type: 'contract-amended' }>) {
    const gate = nodeRef('module', module);
    const before = this.#asked.get(gate) ?? [];
    if (!this.#failed.has(gate)) return;
    this.#asked.set(gate, [...before, { seq, at, by, reason, version }].slice(-maxAsked));
  }
}
