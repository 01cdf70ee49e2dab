import { expect } from 'vitest';
import type { Command } from '../../src/core/commands.ts';
import type { RefusalCode } from '../../src/core/commands/refusal.ts';
import { decide } from '../../src/core/decide.ts';
import type { Effect } from '../../src/core/effects.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { RunEvent } from '../../src/core/events.ts';
import { gateId, moduleId, tierId } from '../../src/core/ids.ts';
import { indexFaults } from '../../src/core/laws/index-faults.ts';
import { LawWatch } from '../../src/core/laws.ts';
import { gateState, moduleState, tierState } from '../../src/core/lookup.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import type { RunState } from '../../src/core/state.ts';
import type { GateState, TierState } from '../../src/core/gate-state.ts';
import type { ModuleState } from '../../src/core/module-state.ts';
import type { Unstamped } from '../../src/engine/run-loop.ts';
import { beginning, type Beginning } from './scenario-beginning.ts';

/** Something that happens to a run; many can only be told once its state is known. */
export type Move = Unstamped | ((state: RunState) => Unstamped);

/** An event's type, or some of its fields. */
export type Expected = RunEvent['type'] | (Partial<RunEvent> & Pick<RunEvent, 'type'>);

/** Bookkeeping that `then` passes over where a rule is not about it. */
const bookkeeping: readonly RunEvent['type'][] = [
  'budget-reserved',
  'budget-spent',
  'check-finished',
  'handoff-requested',
  'handoff-accepted',
  'handoff-delivered',
  'handoff-received',
  'conflict-detected',
  'conflict-resolved',
];

/** A run of a plan whose prerequisites passed, and what happened to it since. */
export function given(plan: Plan, ...moves: readonly Move[]): Scenario {
  return givenRun({ plan }, ...moves);
}

export function givenRun(begun: Beginning, ...moves: readonly Move[]): Scenario {
  const scenario = new Scenario();
  for (const move of [...beginning(begun), ...moves]) scenario.when(move);
  return scenario;
}

/**
 * Given a run, when something happens, then these are the events. Every law is held at every step,
 * whatever the test is about.
 */
export class Scenario {
  readonly #watch = new LawWatch({ metered: false });
  #state: RunState | null = null;
  #at = Date.UTC(2026, 0, 1);
  #events: readonly RunEvent[] = [];
  readonly #history: RunEvent[] = [];
  #effects: readonly Effect[] = [];
  #refused: RefusalCode | null = null;
  #late = false;

  get state(): RunState {
    if (this.#state === null) throw new Error('the run has not begun');
    return this.#state;
  }

  /** All events since the run began. */
  get history(): readonly RunEvent[] {
    return this.#history;
  }

  /** All events of the last move. */
  get events(): readonly RunEvent[] {
    return this.#events;
  }

  /** What the last move ordered. */
  get effects(): readonly Effect[] {
    return this.#effects;
  }

  /** One move after the other, a second apart. */
  when(...moves: readonly Move[]): this {
    for (const move of moves) {
      this.#at += 1_000;
      this.#carryOut({ ...this.told(move), at: this.#at });
    }
    return this;
  }

  /** What a move would say now; for telling it when it is too late. */
  told(move: Move): Unstamped {
    return typeof move === 'function' ? move(this.state) : move;
  }

  passes(ms: number): this {
    this.#at += ms;
    return this;
  }

  /** Exactly these events came of the last move, bookkeeping left out unless it is named. */
  then(...expected: readonly Expected[]): this {
    expect(this.#refused, 'it was refused').toBeNull();
    const wanted = expected.map((each) => (typeof each === 'string' ? { type: each } : each));
    const named = new Set(wanted.map(({ type }) => type));
    const told = this.#events.filter(({ type }) => !bookkeeping.includes(type) || named.has(type));
    expect(told.map(({ type }) => type)).toEqual(wanted.map(({ type }) => type));
    expect(told).toMatchObject(wanted);
    return this;
  }

  /** Whoever asked for the last move is told that it came too late. */
  late(): this {
    expect(this.#late).toBe(true);
    return this;
  }

  refused(code: RefusalCode): this {
    expect(this.#refused).toBe(code);
    return this;
  }

  module(id: string): ModuleState {
    return moduleState(this.state, moduleId(id));
  }

  tier(id: string): TierState {
    return tierState(this.state, tierId(id));
  }

  gate(id: string): GateState {
    return gateState(this.state, gateId(id));
  }

  /** Where modules, tiers and gates are now, by name. */
  leaves(lives: Readonly<Record<string, string>>): this {
    const { modules, tiers, gates } = this.state;
    const all = new Map<string, string>(
      [...modules, ...tiers, ...gates].map(({ id, life }) => [id, life.at]),
    );
    const found = Object.keys(lives).map((id) => [id, all.get(id)]);
    expect(Object.fromEntries(found)).toEqual(lives);
    return this;
  }

  #carryOut(command: Command): void {
    const decision = decide(this.#state, command);
    this.#refused = decision.ok ? null : decision.refusal.code;
    this.#late = decision.ok && decision.late !== null;
    this.#events = decision.ok ? decision.events : [];
    this.#effects = decision.ok ? decision.effects : [];
    if (!decision.ok) return;
    for (const event of decision.events) {
      const before = this.#state;
      this.#history.push(event);
      this.#state = evolve(before, event);
      expect(this.#watch.event(before, event, this.#state)).toEqual([]);
      expect(indexFaults(this.#state)).toEqual([]);
    }
    if (decision.events.length > 0) {
      expect(this.#watch.endOfDecision(this.state)).toEqual([]);
    }
  }
}
