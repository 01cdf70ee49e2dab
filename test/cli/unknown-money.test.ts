import { describe, expect, it } from 'vitest';
import { frame } from '../../src/cli/progress/frame.ts';
import { summary } from '../../src/cli/progress/summary.ts';
import { reportJson } from '../../src/cli/report-json.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import { accountOf } from '../../src/core/projections/account.ts';
import { budgetLines, budgetLineWords } from '../../src/core/projections/budgets.ts';
import { checklist } from '../../src/core/projections/checklist.ts';
import { insights } from '../../src/core/projections/insights.ts';
import { postmortem } from '../../src/core/projections/postmortem.ts';
import { runStatus } from '../../src/core/projections/run-status.ts';
import { smallPlan, Story } from '../core/projections/story.ts';

type Agents = Partial<Record<keyof Plan['pools'], string>>;

/** A run whose builders, or all agents, are of a provider that does not tell what they cost. */
function ran(agents: Agents): Story {
  const plan = smallPlan();
  const { planners, builders, reviewers } = plan.pools;
  const pools = {
    planners: { ...planners, agent: agents.planners ?? 'scripted' },
    builders: { ...builders, agent: agents.builders ?? 'scripted' },
    reviewers: { ...reviewers, agent: agents.reviewers ?? 'scripted' },
  };
  const story = new Story({ ...plan, pools });
  return story.toApproval().after(30).approve('ship').after(1).deliver();
}

const hidden: Agents = { builders: 'vscode-lm', reviewers: 'vscode-lm' };
const partly: Agents = { builders: 'vscode-lm' };

/** All that is told of a run, surface by surface. */
function told({ events, state, replayed, now }: Story) {
  const status = runStatus(replayed, now);
  const { account } = accountOf(events)!;
  const options = { columns: 120, rows: 40, colour: false, program: 'ashlar', at: now, latest: '' };
  const question = checklist(account, replayed).find(({ asks }) => asks.includes('its budget'));
  return {
    frame: frame(status, { ...options, budgetMicroUsd: state.plan.budget.microUsd }).join('\n'),
    summary: summary(status, state, 'ashlar', now, { option: () => null }).join('\n'),
    report: postmortem(state, events),
    notes: insights(account, replayed)
      .map(({ text }) => text)
      .join('\n'),
    bounds: budgetLines(replayed, now).map(budgetLineWords).join('\n'),
    question,
    json: reportJson(account, replayed, events),
  };
}

describe('what agents cost', () => {
  it('is told as an amount where all of it is known', () => {
    const { frame: shown, summary: last, question, json } = told(ran({}));
    expect(shown).toContain('$0.78 of $20.00');
    expect(last).toContain('$0.78 of $20.00');
    expect(question).toMatchObject({ answer: true });
    expect(json.spending.money.total).toBe('known');
  });

  it('is never told as an amount where none of it is known', () => {
    const all = told(ran(hidden));
    expect(all.frame).toContain('an unknown part of $20.00');
    expect(all.summary).toContain('an unknown part of $20.00');
    expect(all.bounds).toContain('the run: an unknown part of $20.00');
    expect(all.notes).toMatch(/tokens, unknown\./);
    expect(all.report).toMatch(/\| Spent +\| [^|]* tokens, unknown/);
    expect(all.question).toMatchObject({ answer: 'unknown' });
    for (const text of [all.frame, all.summary, all.bounds, all.notes]) {
      expect(text.match(/\$0\.\d+/g) ?? []).toEqual([]);
    }
    for (const who of ['builders', 'reviewers', 'lexer']) {
      expect(all.report).toMatch(new RegExp(`\\| ${who} [^$\\n]*unknown`));
    }
    expect(all.json.spending.money).toMatchObject({
      total: 'unknown',
      byPool: { planners: 'known', builders: 'unknown', reviewers: 'unknown' },
    });
    expect(all.json.spending.byModule.map(({ money }) => money)).toEqual(
      Array.from({ length: 3 }, () => 'unknown'),
    );
  });

  it('is told with its unknown part where some of it is known', () => {
    const all = told(ran(partly));
    expect(all.frame).toContain('and an unknown part of $20.00');
    expect(all.summary).toContain('and an unknown part of $20.00');
    expect(all.notes).toMatch(/tokens, \$0\.\d+ and an unknown part\./);
    expect(all.report).toMatch(/\| Spent +\| [^|]* and an unknown part/);
    expect(all.report).toMatch(/\| builders +\| [^|]+\| unknown/);
    expect(all.question?.figure).toContain('and an unknown part of $20.00');
    expect(all.json.spending.byModule.map(({ money }) => money)).toEqual(
      Array.from({ length: 3 }, () => 'partly'),
    );
  });
});

describe('whether a run stayed within its budget', () => {
  const story = ran({});
  /** As if the plan had said so. */
  const figure = (more: Partial<Plan>) => {
    const plan = { ...story.state.plan, ...more };
    const { account } = accountOf(story.events)!;
    const all = checklist(account, { ...story.replayed, state: { ...story.state, plan } });
    return all.find(({ asks }) => asks.includes('its budget'));
  };
  const pools = (budget: Partial<Plan['budget']>): Partial<Plan> => {
    const { builders, ...others } = smallPlan().pools;
    const bound = { tokens: 1e9, microUsd: 1e9, turns: 1e9, ms: 1e9, ...budget };
    return { pools: { ...others, builders: { ...builders, budget: bound } } as Plan['pools'] };
  };

  it('is answered by every bound of the run, its pools, its phases and its modules', () => {
    expect(figure({})).toMatchObject({ answer: true });
    expect(figure({})?.figure).toMatch(/15 bounds in all, none of them passed$/);
  });

  it.each<[string, Partial<Plan>, RegExp]>([
    [
      'the minutes of the run',
      { budget: { ...smallPlan().budget, minutes: 1 } },
      /over: the run: /,
    ],
    [
      'the turns of the run',
      { budget: { ...smallPlan().budget, turns: 1 } },
      /over: the run: 8 of 1 turn/,
    ],
    ['the tokens of a pool', pools({ tokens: 10 }), /over: the builders: 3 k of 10 tokens/],
    [
      'the turns of a module',
      {
        modules: smallPlan().modules.map((module) => ({
          ...module,
          budget: { ...module.budget, turns: 1 },
        })),
      },
      /over: lexer: 2 turns of 1 turn/,
    ],
  ])('counts %s', (_, more, says) => {
    const asked = figure(more);
    expect(asked?.figure).toMatch(says);
    expect(asked).toMatchObject({ answer: false });
  });
});
