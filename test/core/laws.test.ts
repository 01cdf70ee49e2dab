import { describe, expect, it } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import type { EventBody } from '../../src/core/events.ts';
import { gateId, moduleId, nodeRef, order, type ModuleId } from '../../src/core/ids.ts';
import { laws, LawWatch, type Breach } from '../../src/core/laws.ts';
import type { RunState } from '../../src/core/state.ts';
import { given, type Scenario } from '../support/scenario.ts';
import { digest, tree } from '../support/scenario-beginning.ts';
import { gives } from '../support/scenario-handoffs.ts';
import {
  composed,
  delivered,
  judged,
  planned,
  sealed,
  submits,
} from '../support/scenario-moves.ts';
import { reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const pair = plan({
  modules: { lexer: {}, parser: { needs: ['lexer'] } },
  gates: { ship: { requires: ['lexer'] } },
});
const unwritten = plan({ modules: { lexer: { contract: 'planner' } } });
const lexer = moduleId('lexer');
const parser = moduleId('parser');
const first = { attempt: 1, epoch: 1 };
/** The parser is not built on the lexer, but is to get something of it. */
const handing = plan({
  modules: { lexer: {}, parser: {} },
  handoffs: ['lexer > parser: kinds'],
});
const foreseen = { handoff: 4, from: lexer, to: parser, items: ['kinds'] };
const building = (module: ModuleId, version = 1, of = first): EventBody => ({
  type: 'generation-started',
  module,
  version,
  ...of,
});

/** What the laws say of a journal that goes on like this, whoever wrote it. */
function breaches(run: Scenario, ...bodies: readonly EventBody[]): Breach[] {
  const watch = new LawWatch({ metered: false });
  const { history } = run;
  const last = history.length;
  const forged = bodies.map((body, i) => ({ ...body, seq: last + i + 1, at: run.state.at }));
  let state: RunState | null = null;
  const found: Breach[] = [];
  for (const event of [...history, ...forged]) {
    const before = state;
    state = evolve(before, event);
    found.push(...watch.event(before, event, state));
  }
  return [...found, ...(state === null ? [] : watch.endOfDecision(state))];
}

const numbers = (found: readonly Breach[]): number[] => [...new Set(found.map(({ law }) => law))];

describe('the laws', () => {
  it('are thirteen, each under its own number', () => {
    expect(laws.map(({ number }) => number)).toEqual(laws.map((_, index) => index + 1));
    expect(laws).toHaveLength(13);
  });

  it('speak of the handoff that the plan foresees', () => {
    expect(given(handing).state.handoffs.get(0)).toMatchObject({ from: lexer, to: parser });
    expect(given(handing).state.handoffs.get(0).id).toBe(foreseen.handoff);
  });

  it('find nothing in an honest journal', () => {
    const run = given(pair, ...sealed('lexer'), composed('ship', 'seals'));
    expect(breaches(run)).toEqual([]);
  });

  it.each<[number, string, Scenario, EventBody]>([
    [
      1,
      'a builder begins before its tests are listed',
      given(pair, ...sealed('lexer'), reopens('lexer', 'lexer-2')),
      building(lexer, 2, { attempt: 2, epoch: 1 }),
    ],
    [1, 'a builder begins before its contract is written', given(unwritten), building(lexer, 0)],
    [
      2,
      'a builder begins where a planner still writes its contract',
      given(unwritten),
      building(lexer, 0),
    ],
    [
      5,
      'a draft takes the number of one that was not refused',
      given(unwritten, planned('lexer', 'one')),
      {
        type: 'contract-amended',
        module: lexer,
        version: 1,
        contract: tree('two'),
        reason: 'x',
        source: 'missing',
        by: 'planner',
      },
    ],
    [2, 'a builder begins under a number that was used', given(pair), building(lexer)],
    [3, 'a check failed and the verdict is PASS', given(pair, submits('lexer')), pass()],
    [
      4,
      'a seal changes without a reopening',
      given(pair, ...sealed('lexer')),
      seal(tree('forged')),
    ],
    [
      5,
      'a contract changes to the version that it has',
      given(pair),
      {
        type: 'contract-amended',
        module: lexer,
        version: 1,
        contract: tree('x'),
        reason: 'x',
        source: 'person',
        by: 'x',
      },
    ],
    [6, 'a second builder begins', given(pair), building(lexer, 1, { attempt: 1, epoch: 2 })],
    [
      7,
      'a handoff is delivered by nobody',
      given(handing, submits('lexer')),
      { type: 'handoff-delivered', ...foreseen, partial: true, note: '', tree: tree('x') },
    ],
    [
      7,
      'a handoff is received before it is delivered',
      given(handing),
      { type: 'handoff-received', ...foreseen, partial: false, waitedMs: 0 },
    ],
    [
      7,
      'a handoff is received by another than it is for',
      given(handing, gives('lexer', { items: ['kinds'] })),
      { type: 'handoff-received', ...foreseen, to: lexer, partial: false, waitedMs: 0 },
    ],
    [
      7,
      'a handoff is received while nobody works on its receiver',
      given(handing, submits('parser'), judged('parser'), gives('lexer', { items: ['kinds'] })),
      { type: 'handoff-received', ...foreseen, partial: false, waitedMs: 0 },
    ],
    [
      7,
      'a handoff that was delivered in full is delivered again',
      given(handing, gives('lexer', { items: ['kinds'] })),
      { type: 'handoff-delivered', ...foreseen, partial: true, note: '', tree: tree('x') },
    ],
    [
      7,
      'a builder asks in the name of another',
      given(handing),
      {
        type: 'handoff-requested',
        ...foreseen,
        handoff: 0,
        planned: false,
        by: { module: parser, attempt: 2, epoch: 1 },
      },
    ],
    [7, 'a builder begins on what is not sealed', given(pair), building(parser)],
    [
      8,
      'more than a page is told',
      given(pair),
      { type: 'late-result-rejected', module: null, order: order(1), what: 'x'.repeat(9_000) },
    ],
    [
      10,
      'what is sealed is built again',
      given(pair, ...sealed('lexer')),
      building(lexer, 1, { attempt: 2, epoch: 1 }),
    ],
    [
      11,
      'more is reserved than there is',
      given(pair),
      {
        type: 'budget-reserved',
        order: order(8),
        for: nodeRef('module', lexer),
        role: 'builder',
        amount: { tokens: 1e9, microUsd: 0, turns: 0, ms: 0 },
      },
    ],
    [
      12,
      'another subject is approved',
      given(pair, ...sealed('lexer'), composed('ship', 'seals')),
      {
        type: 'approval-given',
        gate: gateId('ship'),
        submission: digest('forged'),
        by: 'x',
        note: '',
      },
    ],
    [
      13,
      'a run goes on after it finished',
      given(plan({ modules: { lexer: {} } }), ...sealed('lexer'), delivered()),
      { type: 'run-paused', by: 'x' },
    ],
  ])('law %i finds that %s', (number, _, run, forged) => {
    expect(numbers(breaches(run, forged))).toContain(number);
  });

  it('law 9 finds that a contract is to be written beside a free planner', () => {
    const failed = { type: 'amendment-failed', module: lexer, retryable: true } as const;
    const ended: EventBody = { ...failed, code: 'lost', message: 'x' };
    expect(numbers(breaches(given(unwritten), ended))).toContain(9);
  });

  it('law 9 finds that a module waits beside a free place', () => {
    const run = given(pair, submits('lexer'));
    const ended = { type: 'evaluation-ended', module: lexer, ...first } as const;
    expect(numbers(breaches(run, ended))).toContain(9);
  });
});

function pass(): EventBody {
  return {
    type: 'verdict-given',
    gate: nodeRef('module', lexer),
    verdict: 'PASS',
    summary: '',
    evidence: [],
  };
}

function seal(of: ReturnType<typeof tree>): EventBody {
  return {
    type: 'module-sealed',
    module: lexer,
    ...first,
    version: 1,
    seal: digest('x'),
    tree: of,
  };
}
