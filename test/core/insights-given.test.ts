import { describe, expect, it } from 'vitest';
import type { GivenInsight } from '../../src/core/events/insight.ts';
import { digest, moduleId } from '../../src/core/ids.ts';
import { happening } from '../../src/core/projections/happening.ts';
import {
  insightsByModule,
  insightsUsed,
  readersWords,
} from '../../src/core/projections/insights-used.ts';
import { passEvent } from '../../src/core/export/event-fields.ts';
import { exportOutlet, openOutlet } from '../../src/core/export/outlets.ts';
import { isNoteName } from '../../src/core/note-name.ts';
import { given, type Move } from '../support/scenario.ts';
import { effectOf, ends, judged, submits } from '../support/scenario-moves.ts';
import { plan } from '../support/scenario-plan.ts';

const alone = plan({ modules: { lexer: {} } });

const note = (of: Partial<GivenInsight> = {}): GivenInsight => ({
  ...{ file: '2026-11-20-r1-pitfall-1-lexer.md', title: 'lexer: drops the last token' },
  ...{ type: 'pitfall', digest: digest('a'.repeat(64)) },
  ...of,
});

type Given = Partial<{ role: 'generator' | 'evaluator'; attempt: number; agent: number }>;

/** An agent of the module begins with these notes. */
const reads =
  (
    notes: readonly GivenInsight[],
    { role = 'generator', attempt = 1, agent = 1 }: Given = {},
  ): Move =>
  (state) => ({
    ...{ type: 'record-insights', module: moduleId('lexer'), role, attempt, agent, notes },
    order: effectOf(state, role === 'generator' ? 'generate' : 'evaluate', 'lexer').order,
  });

describe('what agents are given of earlier runs', () => {
  it('is recorded with the agent that was given it, and changes nothing else', () => {
    const run = given(alone);
    const { modules } = run.state;
    run.when(reads([note()])).then({
      ...{ type: 'insights-given', module: moduleId('lexer'), role: 'generator' },
      ...{ attempt: 1, agent: 1, notes: [note()] },
    });
    expect(run.state.modules).toBe(modules);
  });

  it('is no event where there was nothing, and at most five notes', () => {
    const run = given(alone).when(reads([])).then();
    const many = Array.from({ length: 9 }, (_, at) => note({ file: `note-${at}.md` }));
    run.when(reads(many)).then({ type: 'insights-given', notes: many.slice(0, 5) });
  });

  it('is not told of work that is over', () => {
    const run = given(alone);
    const move = reads([note()]);
    const late = typeof move === 'function' ? move(run.state) : move;
    run.when(ends('lexer', 'failed')).when(late).then();
  });

  it('is told by note: which agents had it, each once; a note that was changed is another one', () => {
    const changed = note({ digest: digest('b'.repeat(64)) });
    const run = given(alone)
      .when(reads([note()]))
      .when(submits('lexer'))
      .when(
        reads([note()], { role: 'evaluator' }),
        reads([note()], { role: 'evaluator', agent: 2 }),
      )
      .when(judged('lexer', { unit: 'failed' }))
      .when(reads([changed], { attempt: 2 }));
    const used = insightsByModule(run.history);
    expect([...used.keys()]).toEqual(['lexer']);
    expect(used.get(moduleId('lexer'))?.map(({ by }) => readersWords(by))).toEqual([
      'builder of attempt 1 and reviewer of attempt 1',
      'builder of attempt 2',
    ]);
  });

  it('is said in one line to who follows the run', () => {
    const run = given(alone).when(reads([note(), note({ file: 'b.md' })]));
    const event = run.history.findLast(({ type }) => type === 'insights-given');
    expect(event && happening(event)?.says).toBe('lexer: given 2 insights of earlier runs');
  });

  it('cleans what a note calls itself', () => {
    const hostile = note({
      title: `\u001b[31mred\n\u202e${'x'.repeat(900)}`,
      type: 'pit\u0007fall',
    });
    const run = given(alone).when(reads([hostile]));
    const events = run.history.filter((event) => event.type === 'insights-given');
    const [used] = insightsUsed(events);
    expect(used?.title).toMatch(/^red x+…$/);
    expect(used?.title.length).toBeLessThanOrEqual(200);
    expect(used?.type).toBe('pitfall');
  });
});

describe('an export', () => {
  const rules = { evidence: true, clean: (text: string) => text, isSecret: () => false };

  it('tells that there were notes and of what type, nothing of what they say', () => {
    const run = given(alone).when(reads([note({ title: 'our password is hunter2' })]));
    const event = run.history.at(-1)!;
    const out = passEvent(event, exportOutlet(rules));
    expect(out).toMatchObject({ type: 'insights-given', notes: [note({ title: '', file: '' })] });
    expect(passEvent(out, openOutlet)).toEqual(out);
  });

  it('is not opened where a note is said to lie elsewhere', () => {
    const run = given(alone).when(reads([note({ file: '../../secrets.md' })]));
    expect(() => passEvent(run.history.at(-1)!, openOutlet)).toThrow('is no name of a note');
  });
});

describe('the name of a note', () => {
  it.each(['2026-11-20-r1-run.md', 'Über Parser.md', 'a.b_c-d.md'])('may be %s', (name) => {
    expect(isNoteName(name)).toBe(true);
  });

  it.each([
    '',
    '.md',
    '../a.md',
    'a/b.md',
    'a\\b.md',
    '.hidden.md',
    'a.txt',
    `${'x'.repeat(300)}.md`,
    'a\n.md',
    'a\u202e.md',
    '-a.md',
  ])('is never %j', (name) => {
    expect(isNoteName(name)).toBe(false);
  });
});
