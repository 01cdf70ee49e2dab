import { unbounded } from '../../../src/core/plan/unbounded.ts';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { setLanguage } from '../../../src/core/language.ts';
import { moduleState } from '../../../src/core/lookup.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { chronicle } from '../../../src/core/projections/chronicle.ts';
import { impact, type Impact } from '../../../src/core/projections/impact.ts';
import { sealedWith } from '../../../src/core/graph.ts';
import { isOver, type RunState } from '../../../src/core/state.ts';
import type { ModuleLife } from '../../../src/core/module-state.ts';
import { Random } from '../../sim/random.ts';
import { english, german } from '../../support/german.ts';
import { randomPlan } from '../../support/random-plan.ts';
import { given, type Scenario } from '../../support/scenario.ts';
import { composed, integrated, judged, sealed, submits } from '../../support/scenario-moves.ts';
import { amends, approves, reopens } from '../../support/scenario-people.ts';
import { endsWell, wanders } from '../../support/scenario-drive.ts';
import { plan } from '../../support/scenario-plan.ts';

/** lexer ◄─ parser ◄─ checker; vm apart; tier front of the first three; ship approves it all. */
const tower = plan({
  modules: {
    lexer: { minutes: 8 },
    parser: { needs: ['lexer'] },
    checker: { needs: ['parser'] },
    vm: {},
  },
  tiers: { front: { modules: ['lexer', 'parser', 'checker'] } },
  gates: { ship: { requires: ['tier:front', 'vm'] } },
});
const usd = (microUsd: number) => ({ spent: { tokens: 1, microUsd, turns: 1, ms: 1 } });

const told = (run: Scenario, module: string, action: 'reopen' | 'amend') =>
  impact(chronicle(run.history)!, moduleId(module), action);

function foretold(run: Scenario, module: string, action: 'reopen' | 'amend'): Impact {
  const found = told(run, module, action);
  if ('refused' in found) throw new Error(found.refused);
  return found;
}

describe('reopening a sealed module', () => {
  const whole = () =>
    given(
      tower,
      ...[submits('lexer', usd(600_000)), judged('lexer'), ...sealed('vm', 'parser', 'checker')],
      ...[integrated('tier:front'), composed('ship', 's1')],
    );

  it('builds it again and judges what stands on it again, with why, time and cost', () => {
    expect(foretold(whole(), 'lexer', 'reopen').rows).toEqual([
      {
        ...{ module: 'lexer', from: 1, to: 2, what: 'built-again', why: 'you change it' },
        ...{ minutes: 9, microUsd: 600_000 },
      },
      {
        ...{ module: 'parser', from: 1, to: 1, what: 'judged-again', why: 'stands on lexer' },
        ...{ minutes: 1, microUsd: 0 },
      },
      {
        ...{ module: 'checker', from: 1, to: 1, what: 'judged-again', why: 'through parser' },
        ...{ minutes: 1, microUsd: 0 },
      },
    ]);
  });

  it('leaves the seals of what does not stand on it', () => {
    expect(foretold(whole(), 'lexer', 'reopen').untouched).toEqual(['vm']);
    expect(foretold(whole(), 'checker', 'reopen').untouched).toEqual(['lexer', 'parser', 'vm']);
  });

  it('takes at least its longest chain', () => {
    expect(foretold(whole(), 'lexer', 'reopen').minutes).toEqual([11, 11]);
  });

  it('has tiers judged and people asked again, whatever they said before', () => {
    const run = whole();
    expect(foretold(run, 'lexer', 'reopen').gates).toEqual([
      { name: 'tier front', says: 'is judged again' },
      { name: 'gate ship', says: 'is asked again, about what it then is' },
    ]);
    run.when(approves('ship', 's1'));
    expect(told(run, 'lexer', 'reopen')).toMatchObject({
      refused: expect.stringMatching(/deliver/),
    });
    endsWell(run);
    expect(foretold(run, 'lexer', 'reopen').gates[1]).toEqual({
      ...{ name: 'gate ship', says: 'needs approval again; ada approved what it was' },
    });
  });

  it('names what waits already', () => {
    const run = whole().when(reopens('parser', 'p2'));
    expect(foretold(run, 'lexer', 'reopen').rows).toMatchObject([
      { module: 'lexer' },
      { module: 'checker', why: 'through parser; already waiting' },
    ]);
  });

  it('is refused where there is no seal, in the words of the rule', () => {
    const run = given(tower);
    expect(told(run, 'lexer', 'reopen')).toEqual({
      refused: 'lexer is not sealed; amend its contract instead',
    });
    expect(told(whole(), 'lexer', 'amend')).toEqual({
      refused: 'lexer is sealed; reopen it instead',
    });
    expect(told(run, 'nobody', 'amend')).toEqual({ refused: 'the plan has no module nobody' });
  });

  it('is refused in the language of the window', () => {
    setLanguage(german);
    try {
      expect(told(given(tower), 'lexer', 'reopen')).toEqual({
        refused:
          'lexer ist nicht gesiegelt; schreiben Sie stattdessen einen Nachtrag zu seinem Vertrag',
      });
    } finally {
      setLanguage(english);
    }
  });
});

describe('amending the contract of a module that is not sealed', () => {
  it('ends the attempt of its builder', () => {
    expect(foretold(given(tower), 'lexer', 'amend').rows).toMatchObject([
      { module: 'lexer', from: 1, to: 2, what: 'attempt-ends', minutes: 9, microUsd: null },
    ]);
  });

  it('costs nothing where no builder has begun', () => {
    const [row] = foretold(given(tower), 'parser', 'amend').rows;
    expect(row).toMatchObject({ what: 'built-again', minutes: 0, microUsd: 0 });
  });

  it('has what was handed in built again', () => {
    const run = given(tower, submits('lexer', usd(100)));
    expect(foretold(run, 'lexer', 'amend').rows).toMatchObject([
      { what: 'built-again', why: 'what it handed in keeps the old contract', microUsd: 100 },
    ]);
  });
});

it('asking what would follow changes nothing', () => {
  const run = given(tower, ...sealed('lexer'));
  const before = chronicle(run.history)!;
  const { modules, seq } = before.state;
  impact(before, moduleId('lexer'), 'reopen');
  expect(before.state.modules).toBe(modules);
  expect(before.state.seq).toBe(seq);
});

describe('what is foretold is what happens, on any plan, at any moment', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('seed %i', (seed) => {
    const random = new Random(seed);
    const run = given(generous(randomPlan(random)));
    wanders(run, random, Math.floor(300 * random.fraction() ** 1.5));
    const module = random.pick(run.state.plan.modules).id;
    const action = moduleState(run.state, module).seal === null ? 'amend' : 'reopen';
    const found = told(run, module, action);
    const begun = run.history.length;
    const before = run.state;
    run.when(action === 'reopen' ? reopens(module, 'new') : amends(module, 'new'));
    if ('refused' in found) {
      expect(run.events).toEqual([]);
      return;
    }
    endsWell(run);
    expect(isOver(run.state)).toBe(true);
    const since = run.history.slice(begun);

    const above = nodesAbove(before, module);
    const judgedAgain = modulesIn(since, isAgain(run.history.slice(0, begun), before));
    expect(named(found, 'judged-again')).toEqual(judgedAgain.filter((id) => above.has(id)));
    const rebuilt = modulesIn(since, (event) => event.type === 'generation-started');
    expect(rebuilt).toContain(module);
    expect(found.rows[0]).toMatchObject({
      module,
      to: moduleState(run.state, module).contract.version,
    });
    // Nothing else that had a seal is built again, and what is untouched is not judged for it.
    const had = (id: string) => moduleState(before, moduleId(id)).seal !== null;
    expect(rebuilt.filter((id) => id !== module && had(id))).toEqual([]);
    const settled = (id: string) => {
      const { life } = moduleState(before, moduleId(id));
      return life.at === 'sealed' && !life.stale;
    };
    expect(
      judgedAgain.filter((id) => found.untouched.includes(moduleId(id)) && settled(id)),
    ).toEqual([]);
    const ended = since.filter((event) => event.type === 'generation-ended');
    const ends = found.rows.filter(({ what }) => what === 'attempt-ends');
    expect(ended.map((event) => event.module)).toEqual(ends.map((row) => row.module));
    expect(found.gates.map(({ name }) => name)).toEqual(gatesIn(since, before, above));
  });
});

/** Without used-up budgets: they too have modules built again. */
function generous(given: Plan): Plan {
  const microUsd = 1_000_000_000;
  return {
    ...given,
    prerequisites: [],
    budget: { tokens: 1_000_000_000, minutes: 1_000_000, microUsd, ...unbounded },
    pools: {
      planners: { ...given.pools.planners, budget: null },
      builders: { ...given.pools.builders, budget: null },
      reviewers: { ...given.pools.reviewers, budget: null },
    },
    modules: given.modules.map((module) => ({
      ...module,
      budget: { turns: 1_000, tokens: 1_000_000, minutes: 10_000, microUsd, attempts: 9 },
    })),
  };
}

function nodesAbove({ graph }: RunState, module: string): Set<string> {
  const reached = new Set([graph.moduleIndex.get(moduleId(module))!]);
  for (const node of reached) {
    for (const next of graph.dependents[node]!) reached.add(next);
    for (const next of graph.softDependents[node]!) reached.add(next);
    for (const next of sealedWith(graph, node)) reached.add(next);
  }
  return new Set([...reached].slice(1).map((node) => graph.refs[node]!.replace('module:', '')));
}

/** A judging of what was being judged or had been judged before. */
function isAgain(earlier: readonly RunEvent[], before: RunState) {
  const started = earlier.filter((event) => event.type === 'evaluation-started');
  return (event: RunEvent): boolean =>
    event.type === 'evaluation-started' &&
    (event.again ||
      (wasJudged(moduleState(before, event.module).life) &&
        started.some(({ module, tree }) => module === event.module && tree === event.tree)));
}

/** Being judged, or passed and not sealed. */
const wasJudged = (life: ModuleLife): boolean =>
  life.at === 'evaluating' ||
  life.at === 'passed' ||
  (life.at === 'submitted' && life.submission.confirms);

function modulesIn(events: readonly RunEvent[], is: (event: RunEvent) => boolean): string[] {
  const ids = events.flatMap((event) => ('module' in event && is(event) ? [event.module!] : []));
  return [...new Set<string>(ids)].sort();
}

const named = ({ rows }: Impact, what: string): string[] =>
  rows.flatMap((row) => (row.what === what ? [row.module as string] : [])).sort();

/** Tiers and gates above it that had been judged or asked about, and are so again. */
function gatesIn(
  events: readonly RunEvent[],
  { graph, tiers, gates }: RunState,
  above: ReadonlySet<string>,
): string[] {
  const again = new Set<number>();
  for (const event of events) {
    if (event.type === 'integration-started') again.add(graph.tierIndex.get(event.tier)!);
    if (event.type === 'gate-started') again.add(graph.gateIndex.get(event.gate)!);
  }
  return [...again]
    .sort((a, b) => a - b)
    .filter((node) => above.has(graph.refs[node]!))
    .filter((node) =>
      node < graph.gateBase
        ? tiers.get(node - graph.tierBase).judged > 0
        : gates.get(node - graph.gateBase).judged > 0,
    )
    .map((node) => graph.refs[node]!.replace(':', ' '));
}
