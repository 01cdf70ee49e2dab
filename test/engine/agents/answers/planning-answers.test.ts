import { describe, expect, it } from 'vitest';
import { planAnswer } from '../../../../src/engine/agents/answers/plan-answer.ts';
import { preconditionAnswer } from '../../../../src/engine/agents/answers/precondition-answer.ts';
import type { Proposed } from '../../../../src/engine/agents/outcome.ts';
import { planText } from '../../../../src/engine/architect/plan-text.ts';
import { loadPlan } from '../../../../src/engine/plan/load.ts';
import { planAnswerText, planDraftAnswer } from '../../../support/plan-draft.ts';

function proposedIn(text: string): Pick<Proposed, 'plan' | 'files'> {
  const read = planAnswer(true).read(text);
  if (!read.ok) throw new Error(read.faults);
  if (read.outcome.kind !== 'proposed') throw new Error(read.outcome.kind);
  return read.outcome;
}

describe('a plan as a model answers it', () => {
  it('becomes a plan file that is fit, with nothing said that goes without saying', () => {
    const { plan, files } = proposedIn(planAnswerText());
    expect(files).toEqual([{ path: 'spec/shapes.md', text: '# Shapes\n' }]);
    const text = planText(plan, []);
    const { diagnostics } = loadPlan(text, 'shapes.plan.yaml');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(text).toContain("node: { program: node, version: '>=20' }");
    expect(text).toContain('needs: [{ module: circle, kind: soft }]');
    expect(text).toContain('resources: [port]');
    expect(text).toContain('checks: { cross: node tests/all.js }');
    expect(text).not.toMatch(/contract:|handoffs:|environment:|includes:|kind: code/);
  });

  it.each([
    [
      { modules: [...planDraftAnswer().modules, ...planDraftAnswer().modules] },
      'modules: circle is there twice',
    ],
    [{ streams: [] }, 'streams'],
    [{ more: 1 }, 'more'],
    [{ builders: 0 }, 'builders'],
  ])('%#: is refused with what is wrong', (over, why) => {
    const read = planAnswer(true).read(planAnswerText({}, over));
    expect(read).toMatchObject({ ok: false, faults: expect.stringContaining(why) as unknown });
  });
});

const question = { question: 'Which?', options: [] };
const unsuitable = { recommends: 'one-agent', reason: 'Small.' };

describe('what an architect answers instead', () => {
  it('is exactly one thing', () => {
    const both = planAnswer(true).read(planAnswerText({ unsuitable }));
    expect(both).toMatchObject({
      ok: false,
      faults: expect.stringContaining('exactly one') as unknown,
    });
    const none = preconditionAnswer(true).read(
      JSON.stringify({ assessment: null, questions: null, unsuitable: null }),
    );
    expect(none).toMatchObject({ ok: false });
    const refused = planAnswer(true).read(planAnswerText({ proposal: null, unsuitable }));
    expect(refused).toMatchObject({ ok: true, outcome: { kind: 'unsuitable', ...unsuitable } });
  });

  it('is a question only while somebody can be asked', () => {
    const text = JSON.stringify({ assessment: null, questions: [question], unsuitable: null });
    expect(preconditionAnswer(true).read(text)).toMatchObject({
      ok: true,
      outcome: { kind: 'asked-questions', questions: [question] },
    });
    expect(preconditionAnswer(false).read(text)).toMatchObject({
      ok: false,
      faults: expect.stringContaining('nobody can be asked') as unknown,
    });
  });
});
