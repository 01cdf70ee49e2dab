import { describe, expect, it } from 'vitest';
import { moduleId, nodeRef } from '../../../src/core/ids.ts';
import { chronicle, type Chronicle } from '../../../src/core/projections/chronicle.ts';
import { estimateEnd, modulesExpected } from '../../../src/core/projections/eta.ts';
import { arrowsTo } from '../../../src/core/projections/lane-arrows.ts';
import { lanePath } from '../../../src/core/projections/lane-path.ts';
import { marksOf, stretchesOf, stretchTimes } from '../../../src/core/projections/lane.ts';
import { workPieces } from '../../../src/core/projections/sequential.ts';
import { foldedLane, foldedMarks } from '../../../src/core/projections/stream-lane.ts';
import { workUntil } from '../../../src/core/projections/timeline.ts';
import { smallPlan, Story } from './story.ts';

const [lexer, parser, vm, core, , ship] = [0, 1, 2, 3, 4, 5];
const told = (story: Story): Chronicle => chronicle(story.events)!;
const lane = (story: Story, node: number) =>
  stretchesOf(told(story), node, story.now).map(({ kind, label, fromMs, toMs, lasts }) => ({
    ...{ kind, label, from: fromMs / 1000, to: toMs / 1000, lasts },
  }));

describe('a lane', () => {
  it('is at work, in review and sealed, and what needs it waits for it by name', () => {
    const story = new Story().go().seal('lexer').after(20);
    expect(lane(story, lexer)).toEqual([
      { kind: 'working', label: '', from: 0, to: 60, lasts: false },
      { kind: 'review', label: '', from: 60, to: 70, lasts: false },
      { kind: 'sealed', label: '', from: 70, to: 90, lasts: true },
    ]);
    expect(lane(story, parser)).toEqual([
      { kind: 'waiting', label: 'waits for lexer', from: 0, to: 70, lasts: false },
      { kind: 'working', label: '', from: 70, to: 90, lasts: true },
    ]);
  });

  it('names the attempt, and marks what did not pass, with its words', () => {
    const story = new Story().go().after(60).submit('lexer').after(10);
    story.fail('lexer', 'wrong column').after(30);
    expect(lane(story, lexer).at(-1)).toMatchObject({ kind: 'working', label: 'attempt 2' });
    expect(marksOf(told(story), lexer)).toMatchObject([
      { kind: 'fail', atMs: 70_000, says: expect.stringContaining('FAIL: ') as unknown },
    ]);
  });

  it('marks no PASS that its seal tells', () => {
    expect(marksOf(told(new Story().go().seal('lexer')), lexer)).toEqual([]);
  });

  it('says that what stands on a reopened module is judged again after it', () => {
    const story = new Story().go().seal('lexer', 'vm').seal('parser');
    story.after(5).failTier('core', 'columns are missing').after(10);
    expect(lane(story, parser).at(-1)).toMatchObject({
      ...{ kind: 'waiting', label: 'judged again after lexer', lasts: true },
    });
    // The tier failed: it did not pass and wait.
    expect(lane(story, core).at(-1)?.label).toMatch(/^waits for lexer/);
    expect(marksOf(told(story), core)).toMatchObject([{ kind: 'fail' }]);
  });

  it('of a gate waits for a person, with its age', () => {
    const story = new Story().toApproval().after(360);
    expect(lane(story, ship).at(-1)).toMatchObject({
      kind: 'you',
      label: 'waits for you · 6 min',
    });
    story.approve('ship');
    expect(lane(story, ship).at(-2)).toMatchObject({
      kind: 'you',
      label: 'waited for you · 6 min',
    });
  });

  it('tells its times on the clock of the run', () => {
    const story = new Story().go().after(70);
    const [stretch] = stretchesOf(told(story), vm, story.now);
    expect(stretchTimes(stretch!)).toBe('0:00–now, 1 min 10 s');
  });
});

describe('between lanes', () => {
  it('the seal that ended a waiting is an arrow', () => {
    const story = new Story().go().seal('lexer', 'vm');
    expect(arrowsTo(told(story), parser)).toMatchObject([
      { from: lexer, to: parser, atMs: 70_000, kind: 'seal' },
    ]);
    expect(arrowsTo(told(story), vm)).toEqual([]);
  });

  it('the critical path is what is at work and what is expected after it', () => {
    const story = new Story().go().after(30);
    const replayed = told(story);
    const expected = modulesExpected(replayed, story.now)!;
    expect(lanePath(replayed, expected, story.now)).toEqual([
      { node: lexer, fromMs: 0, toMs: 30_000 + expected[lexer]!.endsMs },
      {
        node: parser,
        fromMs: 30_000 + expected[parser]!.startsMs,
        toMs: 30_000 + expected[parser]!.endsMs,
      },
    ]);
  });

  it('the critical path of what is sealed is the chain that decided', () => {
    const story = new Story().go().seal('lexer', 'vm').seal('parser').after(5).passTier('core');
    const path = lanePath(told(story), modulesExpected(told(story), story.now), story.now);
    expect([...new Set(path.map(({ node }) => node))]).toEqual([lexer, parser, core]);
  });
});

describe('what is soft or handed over', () => {
  const soft = (name: string, on: string) => {
    const plan = smallPlan();
    const need = { kind: 'soft', on: nodeRef('module', on) } as const;
    const modules = plan.modules.map((module) =>
      module.id === name ? { ...module, needs: [need] } : module,
    );
    return { ...plan, modules };
  };

  it('is built on a stub, and what passed waits for the seal by name', () => {
    const story = new Story(soft('parser', 'lexer')).go();
    story.after(60);
    expect(lane(story, parser).at(-1)).toMatchObject({
      ...{ kind: 'working', label: 'on the lexer stub' },
    });
    story.submit('parser').after(10).pass('parser').after(5);
    expect(lane(story, parser).at(-1)).toMatchObject({
      ...{ kind: 'waiting', label: 'passed, waits for lexer' },
    });
    expect(marksOf(told(story), parser)).toMatchObject([{ kind: 'pass' }]);
  });

  it('is an arrow of its own for each part of it, until all of it is there', () => {
    const plan = smallPlan();
    const [from, to] = [moduleId('lexer'), moduleId('vm')];
    const story = new Story({ ...plan, handoffs: [{ from, to, items: ['token kinds'] }] }).go();
    const give = (items: readonly string[], partial: boolean): void => {
      const { life } = story.state.modules.get(lexer);
      if (life.at !== 'generating') throw new Error(life.at);
      const giving = { module: from, order: life.order, to, items, partial, note: '', tree: null };
      story.do({ type: 'record-handoff', ...giving });
    };
    story.after(20);
    give(['token kinds, numbers'], true);
    story.after(20);
    give(['token kinds'], false);
    expect(arrowsTo(told(story), vm)).toEqual([
      {
        ...{ from: lexer, to: vm, atMs: 40_000, kind: 'handoff' },
        says: 'lexer hands vm token kinds',
      },
      {
        ...{ from: lexer, to: vm, atMs: 20_000, kind: 'part' },
        says: 'lexer hands vm a part: token kinds, numbers',
      },
    ]);
  });

  it('goes from lane to lane as an arrow when it is delivered', () => {
    const plan = smallPlan();
    const [from, to] = [moduleId('lexer'), moduleId('vm')];
    const story = new Story({ ...plan, handoffs: [{ from, to, items: ['token kinds'] }] }).go();
    expect(arrowsTo(told(story), vm)).toEqual([]);
    story.after(60).submit('lexer').after(10).pass('lexer').after(5);
    expect(arrowsTo(told(story), vm)).toEqual([
      {
        ...{ from: lexer, to: vm, atMs: 70_000, kind: 'handoff' },
        says: 'lexer hands vm token kinds',
      },
    ]);
  });
});

describe('what is expected', () => {
  it('follows what it needs, and ends no later than the run may', () => {
    const story = new Story().go().after(30);
    const replayed = told(story);
    const expected = modulesExpected(replayed, story.now)!;
    expect(expected[parser]!.startsMs).toBe(expected[lexer]!.endsMs);
    const eta = estimateEnd(replayed, story.now);
    expect(eta.known && eta.fromMs).toBe(expected[parser]!.endsMs);
  });
});

describe('a folded stream', () => {
  it('shows at each moment what tells most of it', () => {
    const story = new Story().go().after(60).submit('lexer').after(10);
    const replayed = told(story);
    const lanes = [lexer, parser, vm].map((node) => stretchesOf(replayed, node, story.now));
    expect(foldedLane(lanes)).toMatchObject([
      {
        kind: 'working',
        fromMs: 0,
        toMs: 70_000,
        lasts: true,
        says: 'Up to 2 modules working at once',
      },
    ]);
    expect(foldedLane([lanes[0]!])).toMatchObject([
      { kind: 'working', label: '1 working', toMs: 60_000, lasts: false },
      { kind: 'review', label: '1 in review', lasts: true },
    ]);
  });
});

describe('the marks of a folded stream', () => {
  const failing = () => {
    const story = new Story().go().after(60).submit('lexer').after(10).fail('lexer', 'column');
    return story.after(5).submit('vm').after(5).fail('vm', 'stack').after(30);
  };
  const marks = (story: Story) =>
    [lexer, parser, vm].map((node) => {
      const { id } = story.state.modules.get(node);
      return { name: String(id), marks: marksOf(told(story), node) };
    });

  it('say of what they are', () => {
    expect(foldedMarks(marks(failing()), 1_000)).toMatchObject([
      { kind: 'fail', atMs: 70_000, says: expect.stringMatching(/^lexer: FAIL: /) as unknown },
      { kind: 'fail', atMs: 80_000, says: expect.stringMatching(/^vm: FAIL: /) as unknown },
    ]);
  });

  it('are one where they would cover each other', () => {
    expect(foldedMarks(marks(failing()), 20_000)).toEqual([
      { kind: 'fail', atMs: 70_000, says: '2 × FAIL: lexer and vm' },
    ]);
  });

  it('of other kinds stand for themselves', () => {
    const story = failing().submit('lexer').revise('lexer', 'not as promised');
    expect(foldedMarks(marks(story), 1_000_000).map(({ kind }) => kind)).toEqual([
      'fail',
      'revise',
    ]);
  });
});

describe('a folded stream of which all is sealed', () => {
  it('ends with the last seal', () => {
    const story = new Story().go().seal('lexer', 'vm').seal('parser').after(5);
    const replayed = told(story);
    const lanes = [lexer, parser, vm].map((node) => stretchesOf(replayed, node, story.now));
    expect(foldedLane(lanes).at(-1)).toMatchObject({
      ...{ kind: 'sealed', fromMs: 140_000, says: '3 modules sealed' },
    });
  });
});

describe('the sequential time', () => {
  it('is all work, a piece each, in the order in which it began', () => {
    const story = new Story().go().seal('lexer', 'vm').after(20);
    const pieces = workPieces(told(story), story.now);
    expect(pieces).toEqual([
      { name: 'lexer', ms: 70_000 },
      { name: 'vm', ms: 70_000 },
      { name: 'parser', ms: 20_000 },
    ]);
    const sum = pieces.reduce((all, { ms }) => all + ms, 0);
    expect(sum).toBe(workUntil(told(story), story.now));
  });
});
