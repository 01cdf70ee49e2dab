import { describe, expect, it } from 'vitest';
import { budgetLines } from '../../../src/core/projections/budgets.ts';
import { chronicle, type Chronicle } from '../../../src/core/projections/chronicle.ts';
import { moduleMoney, moneyKnowledge } from '../../../src/core/projections/money-known.ts';
import {
  costWords,
  inputAccount,
  usageAccount,
} from '../../../src/core/projections/usage-account.ts';
import { nodeRef } from '../../../src/core/ids.ts';
import type { UsageLine } from '../../../src/core/usage.ts';
import { given, type Move, type Scenario } from '../../support/scenario.ts';
import { effectOf, judged, submits, uses } from '../../support/scenario-moves.ts';
import { switches } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';

const two = plan({ modules: { lexer: {}, parser: {} } });

const line = (over: Partial<UsageLine> = {}): UsageLine => ({
  ...{ provider: 'anthropic', model: 'large', calls: 1, untold: 0, microUsd: 100, unpriced: 0 },
  tokens: { input: 100, cacheRead: 0, cacheWrite: 50, output: 20 },
  ...over,
});

const told = (run: Scenario): Chronicle => chronicle(run.history)!;
const usage = (run: Scenario) => usageAccount(run.state, told(run).costs);

describe('how much of the money is known', () => {
  const spent = { tokens: 150, microUsd: 0, turns: 1, ms: 1_000 };
  const unpriced = line({ microUsd: 0, unpriced: 1 });
  const ofAgents = (agent: string) => {
    const { pools } = two;
    return { ...two, pools: { ...pools, builders: { ...pools.builders, agent } } };
  };
  /** Of the run, its builders and the module, as what was done for it stands there. */
  const known = (run: Scenario) => {
    const of = told(run);
    const { spent: settled } = run.module('lexer');
    return [
      moneyKnowledge(of),
      moneyKnowledge(of, 'pool:builders'),
      moduleMoney(of, 0, settled, of.history.spending.get(0)),
    ];
  };

  it('is what was recorded: a model without a price hides it, whoever its provider is', () => {
    const run = given(ofAgents('anthropic'), uses('generate', 'lexer', [unpriced]));
    run.when(submits('lexer', { spent }));
    expect(known(run)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(budgetLines(told(run), 0).find(({ unit }) => unit === 'microUsd')?.money).toBe(
      'unknown',
    );
  });

  it('is what was recorded, wherever the agents come from by now', () => {
    const hidden = given(ofAgents('vscode-lm'), uses('generate', 'lexer', [unpriced]));
    hidden.when(submits('lexer', { spent })).when(switches('builders', 'anthropic'));
    expect(known(hidden)).toEqual(['unknown', 'unknown', 'unknown']);
    const open = given(ofAgents('anthropic'), uses('generate', 'lexer', [line()]));
    open.when(submits('lexer', { spent })).when(switches('builders', 'vscode-lm'));
    expect(known(open)).toEqual(['known', 'known', 'known']);
  });

  it('is told in part where some calls have a price and others none', () => {
    const run = given(ofAgents('anthropic'), uses('generate', 'lexer', [line(), unpriced]));
    run.when(submits('lexer', { spent }));
    expect(known(run)).toEqual(['partly', 'partly', 'partly']);
  });

  it('is what the provider can tell where its agents told nothing', () => {
    const run = given(ofAgents('vscode-lm'), submits('lexer', { spent }));
    expect(known(run)).toEqual(['unknown', 'unknown', 'unknown']);
  });
});

describe('what models cost', () => {
  it('is told in full each time, so that it is never counted twice', () => {
    const run = given(two, uses('generate', 'lexer', [line()]));
    run.when(uses('generate', 'lexer', [line({ calls: 3, microUsd: 300 })]));
    expect(usage(run).total).toMatchObject({ calls: 3, microUsd: 300, input: 100 });
    run.when(submits('lexer'));
    expect(usage(run).total).toMatchObject({ calls: 3, microUsd: 300 });
  });

  it('adds up over agents, one after the other and side by side', () => {
    const run = given(
      two,
      uses('generate', 'lexer', [line()]),
      uses('generate', 'parser', [line()]),
    );
    run.when(submits('lexer'));
    run.when(uses('evaluate', 'lexer', [line({ model: 'small', microUsd: 7 })]));
    run.when(uses('evaluate', 'lexer', [line({ model: 'small', microUsd: 7 })], 2));
    const { total, by, byRole, byModel } = usage(run);
    expect(total).toMatchObject({ calls: 4, microUsd: 214 });
    expect(by).toMatchObject([
      { for: 'module:lexer', calls: 3, microUsd: 114 },
      { for: 'module:parser', calls: 1, microUsd: 100 },
    ]);
    expect(byRole).toMatchObject([
      { role: 'generator', calls: 2 },
      { role: 'evaluator', calls: 2, microUsd: 14 },
    ]);
    expect(byModel).toMatchObject([
      { provider: 'anthropic', model: 'large', calls: 2 },
      { provider: 'anthropic', model: 'small', calls: 2 },
    ]);
  });

  it('says what was read from a cache, and of money what nobody knows', () => {
    const cached = { input: 10, cacheRead: 90, cacheWrite: 0, output: 5 };
    const words = (lines: readonly UsageLine[]): string =>
      costWords(usage(given(two, uses('generate', 'lexer', lines))).total);
    expect(words([line({ tokens: cached })])).toBe(
      '1 call: 100 tokens in (90 % from the cache), 5 out; $0.0001',
    );
    expect(words([line({ microUsd: 0, unpriced: 1 })])).toContain('money unknown');
    const partly = [line(), line({ model: 'own', microUsd: 0, unpriced: 1 })];
    expect(words(partly)).toContain('$0.0001 and an unknown part');
    expect(words([])).toBe('');
  });
});

describe('what the run reads of its agents', () => {
  it('is their summaries and the evidence of checks, by module, in bytes', () => {
    const run = given(two, submits('lexer'));
    const read = () => inputAccount(run.state, told(run).input);
    // `done`
    expect(read()).toEqual({ most: 4, by: [{ for: 'module:lexer', bytes: 4 }] });
    run.when(judged('lexer', { unit: 'failed' }));
    expect(read().most).toBeGreaterThan(4);
  });

  it('is also what an arbiter or integrator looked up, told a part at a time', () => {
    const looks =
      (read: number): Move =>
      (state) => ({
        ...{ type: 'record-usage', agent: 1, for: nodeRef('module', 'lexer'), role: 'arbiter' },
        ...{ order: effectOf(state, 'generate', 'lexer').order, lines: [line()], read },
      });
    const run = given(two, looks(100), looks(20), uses('generate', 'lexer', [line()]));
    const { most, by } = inputAccount(run.state, told(run).input);
    expect({ most, by }).toEqual({ most: 120, by: [{ for: 'module:lexer', bytes: 120 }] });
  });

  it('is nothing of what they say while they work', () => {
    const run = given(two);
    const says = (text: string) => {
      run.when((state) => {
        const { life, id } = state.modules.get(0);
        if (life.at !== 'generating') throw new Error('nobody is at work');
        const spent = { tokens: 1, microUsd: 0, turns: 1, ms: 1 };
        const of = { order: life.order, module: id, says: text, fraction: null, spent };
        return { type: 'record-progress', ...of };
      });
    };
    for (let step = 0; step < 50; step++) says(`step ${step}, with many words`);
    expect(inputAccount(run.state, told(run).input)).toEqual({ most: 0, by: [] });
  });
});
