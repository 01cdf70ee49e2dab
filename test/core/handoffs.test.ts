import { describe, expect, test } from 'vitest';
import { handoffLimits } from '../../src/core/handoff.ts';
import type { HandoffState } from '../../src/core/handoff.ts';
import { fromSnapshot, toSnapshot } from '../../src/core/snapshot.ts';
import { fold } from '../../src/core/evolve.ts';
import { given, type Scenario } from '../support/scenario.ts';
import { tree } from '../support/scenario-beginning.ts';
import { asks, gives, takes } from '../support/scenario-handoffs.ts';
import { ends, judged, listed, sealed, submits, takenOver } from '../support/scenario-moves.ts';
import { amends, cancels, reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const two = { modules: { lexer: {}, parser: {} } };
const planned = plan({ ...two, handoffs: ['lexer > parser: token kinds, examples'] });

const all = (run: Scenario): HandoffState[] => run.state.handoffs.toArray();
const one = (run: Scenario): HandoffState => {
  const [only, ...more] = all(run);
  if (only === undefined || more.length > 0) throw new Error(`${all(run).length} handoffs`);
  return only;
};
const told = (run: Scenario) =>
  run.history.map(({ type }) => type).filter((type) => type.startsWith('handoff-'));

describe('a planned handoff', () => {
  test('is requested when the run begins, and accepted when its sender begins', () => {
    const run = given(planned);
    expect(told(run)).toEqual(['handoff-requested', 'handoff-accepted']);
    expect(one(run)).toMatchObject({
      from: 'lexer',
      to: 'parser',
      items: ['token kinds', 'examples'],
      planned: true,
      by: null,
      etaMinutes: 11,
    });
  });

  test('is delivered in full when its sender is sealed, with what was sealed and its summary', () => {
    const run = given(planned, submits('lexer')).when(judged('lexer'));
    run.then('verdict-given', 'module-sealed', {
      type: 'handoff-delivered',
      partial: false,
      items: ['token kinds', 'examples'],
      tree: tree('lexer-1'),
      note: 'done',
    });
    expect(one(run)).toMatchObject({ fresh: true, partials: 0, receivedAt: null });
  });

  test('is received when the receiver begins its next attempt', () => {
    const run = given(planned, ...sealed('lexer'), submits('parser'));
    run.when(judged('parser', { unit: 'failed' }));
    run.then(
      'verdict-given',
      { type: 'generation-started', module: 'parser' as never },
      {
        type: 'handoff-received',
        partial: false,
        waitedMs: 0,
      },
    );
    expect(one(run)).toMatchObject({ fresh: false, receivedAt: run.state.at });
  });

  test('is received by a judgement that stands on the real thing', () => {
    const run = given(
      plan({
        modules: { lexer: {}, parser: { needs: ['lexer'] }, vm: {} },
        handoffs: ['lexer > parser: token kinds'],
      }),
      ...sealed('lexer', 'parser'),
      reopens('lexer', 'better'),
      listed('lexer'),
      submits('lexer'),
    );
    run.when(judged('lexer'));
    run.then(
      'verdict-given',
      'module-sealed',
      { type: 'evaluation-started', module: 'parser' as never },
      'handoff-requested',
      { type: 'handoff-delivered', tree: tree('lexer-2') },
      { type: 'handoff-received', partial: false },
    );
  });

  test('holds nothing back: its receiver starts at once', () => {
    given(planned).leaves({ lexer: 'generating', parser: 'generating' });
  });

  test('that was given in full before the seal is not given again at the first seal', () => {
    const run = given(planned, gives('lexer', { items: ['examples'], files: 'early' }));
    expect(one(run)).toMatchObject({ deliveredAt: run.state.at, content: { tree: tree('early') } });
    run.when(...sealed('lexer'));
    expect(all(run)).toHaveLength(1);
  });

  test('is given anew when its sender is sealed anew', () => {
    const run = given(planned, ...sealed('lexer'));
    run.when(reopens('lexer', 'better'), listed('lexer'));
    run.when(...sealed('lexer'));
    expect(all(run).map(({ content }) => content?.tree)).toEqual([
      tree('lexer-1'),
      tree('lexer-2'),
    ]);
  });
});

describe('a request', () => {
  test('holds many items in one, and is accepted at once by a builder at work', () => {
    const run = given(plan(two)).when(asks('parser', 'lexer', 'token kinds', 'error texts'));
    run.then(
      {
        type: 'handoff-requested',
        planned: false,
        items: ['token kinds', 'error texts'],
        by: { module: 'parser' as never, attempt: 1, epoch: 1 },
      },
      { type: 'handoff-accepted', etaMinutes: 11 },
    );
    run.leaves({ parser: 'generating' });
  });

  test('is accepted when its sender begins, where nobody builds it yet', () => {
    const run = given(plan({ ...two, pools: { builders: 1 } }), asks('lexer', 'parser', 'grammar'));
    run.then('handoff-requested').when(submits('lexer'));
    run.then(
      'submission-received',
      { type: 'evaluation-started' },
      { type: 'generation-started', module: 'parser' as never },
      'handoff-accepted',
    );
  });

  test('to a sealed module is answered from its seal at once', () => {
    const run = given(plan(two), ...sealed('lexer')).when(asks('parser', 'lexer', 'token kinds'));
    run.then('handoff-requested', {
      type: 'handoff-delivered',
      partial: false,
      tree: tree('lexer-1'),
    });
  });

  test('that was made already is not made twice', () => {
    const run = given(plan(two), asks('parser', 'lexer', 'token kinds', 'examples'));
    run.when(asks('parser', 'lexer', 'examples')).then();
    expect(all(run)).toHaveLength(1);
  });

  test('is refused to oneself, to a module that is not there, and without items', () => {
    const run = given(plan(two));
    run.when(asks('parser', 'parser', 'x')).refused('own-handoff');
    run.when(asks('parser', 'linker', 'x')).refused('unknown-module');
    run.when(asks('parser', 'lexer')).refused('bad-items');
    run.when(asks('parser', 'lexer', 'x'.repeat(201))).refused('bad-items');
    const many = Array.from({ length: 21 }, (_, i) => `item ${i}`);
    run.when(asks('parser', 'lexer', ...many)).refused('bad-items');
    expect(all(run)).toEqual([]);
  });

  test('is refused where too many are open, and one builder may not begin them all', () => {
    const run = given(plan(two));
    for (let i = 0; i < handoffLimits.begun; i++) run.when(asks('parser', 'lexer', `item ${i}`));
    run.when(asks('parser', 'lexer', 'one more')).refused('too-many-handoffs');
    for (let i = 0; i < handoffLimits.begun; i++) run.when(asks('lexer', 'parser', `item ${i}`));
    expect(run.state.openHandoffs).toBe(handoffLimits.open);
    run.when(asks('lexer', 'parser', 'one more')).refused('too-many-handoffs');
  });

  test('of a replaced attempt is noted as too late', () => {
    const run = given(plan(two));
    const late = run.told(asks('parser', 'lexer', 'token kinds'));
    run.when(ends('parser', 'failed'), late).then('late-result-rejected').late();
    expect(all(run)).toEqual([]);
  });
});

describe('a delivery', () => {
  test('in part leaves the handoff open; the next part, and the seal, bring the rest', () => {
    const run = given(planned);
    run.when(gives('lexer', { items: ['examples'], partial: true, files: 'first' }));
    run.then({ type: 'handoff-delivered', partial: true, items: ['examples'] });
    run.when(takes('parser')).then({ type: 'handoff-received', partial: true });
    run.when(gives('lexer', { items: ['examples'], partial: true, files: 'second' }));
    expect(one(run)).toMatchObject({ partials: 2, fresh: true, deliveredAt: null });
    run.when(...sealed('lexer'));
    expect(one(run)).toMatchObject({ deliveredAt: run.state.at, content: { partial: false } });
  });

  test('without a receiver goes to all who asked for one of its items', () => {
    const run = given(plan({ modules: { lexer: {}, parser: {}, vm: {}, docs: {} } }));
    run.when(asks('parser', 'lexer', 'token kinds'), asks('vm', 'lexer', 'token kinds', 'x'));
    run.when(asks('docs', 'lexer', 'examples'), gives('lexer', { items: ['token kinds'] }));
    run.then(
      { type: 'handoff-delivered', to: 'parser' as never },
      { type: 'handoff-delivered', to: 'vm' as never },
    );
  });

  test('that nobody asked for is refused without a receiver, and begins a handoff with one', () => {
    const run = given(planned);
    run.when(gives('lexer', { items: ['opcodes'] })).refused('nobody-asked');
    run.when(gives('lexer', { items: ['opcodes'], to: 'lexer' })).refused('own-handoff');
    run.when(gives('lexer', { items: ['opcodes'], to: 'linker' })).refused('unknown-module');
    run.when(gives('lexer', { items: ['opcodes'], to: 'parser', partial: true }));
    run.then({ type: 'handoff-requested', planned: false }, { type: 'handoff-delivered' });
  });

  test('has a most number of parts', () => {
    const run = given(planned);
    const part = gives('lexer', { items: ['examples'], partial: true });
    for (let i = 0; i < handoffLimits.partials; i++) run.when(part);
    run.when(part).refused('too-many-handoffs');
    run.when(gives('lexer', { items: ['examples'] })).then('handoff-delivered');
  });

  test('of a builder that is to end does not count', () => {
    const run = given(planned, amends('lexer', 'clearer'));
    run
      .when(gives('lexer', { items: ['examples'] }))
      .then('late-result-rejected')
      .late();
  });

  test('of a replaced attempt is told that it came too late', () => {
    const run = given(planned);
    const late = run.told(gives('lexer', { items: ['examples'], files: 'late' }));
    run.when(ends('lexer', 'failed'), late).then('late-result-rejected').late();
    expect(one(run)).toMatchObject({ content: null, partials: 0 });
    run.when(gives('lexer', { items: ['examples'] })).then('handoff-delivered');
  });
});

describe('a receipt', () => {
  test('says how long its builder did nothing but wait', () => {
    const run = given(plan(two), asks('parser', 'lexer', 'token kinds'));
    run.when(gives('lexer', { items: ['token kinds'] }), takes('parser', { waitedMs: 4_000 }));
    run.then({ type: 'handoff-received', waitedMs: 4_000, partial: false });
    expect(one(run)).toMatchObject({ waitedMs: 4_000, receivedAt: run.state.at });
  });

  test('of what did not come counts the waiting alone', () => {
    const run = given(plan(two), asks('parser', 'lexer', 'token kinds'));
    run.when(takes('parser', { waitedMs: 9_000 })).then({ type: 'handoff-awaited' });
    expect(one(run)).toMatchObject({ waitedMs: 9_000, receivedAt: null, deliveredAt: null });
  });

  test('by another module changes nothing', () => {
    const run = given(planned, gives('lexer', { items: ['examples'] }));
    run.when(takes('lexer', { handoff: one(run).id })).then();
    run.when(takes('lexer', { handoff: 999 })).then();
    expect(one(run).fresh).toBe(true);
  });

  test('stays when the builder is lost: its successor has it too', () => {
    const run = given(planned, gives('lexer', { items: ['examples'] }), takes('parser'));
    run.when(takenOver);
    expect(run.state.exchanges.get(1).has).toEqual([0]);
  });
});

describe('a handoff is withdrawn', () => {
  test('when its sender is abandoned, or its receiver', () => {
    const doomed = { onExhausted: [], budget: { attempts: 1 } } as const;
    const three = plan({
      modules: { lexer: doomed, parser: {}, vm: {} },
      handoffs: ['lexer > parser: token kinds', 'vm > lexer: opcodes', 'vm > parser: opcodes'],
    });
    const run = given(three, submits('lexer')).when(judged('lexer', { unit: 'failed' }));
    run.leaves({ lexer: 'abandoned' });
    const gone = run.events.filter(({ type }) => type === 'handoff-withdrawn');
    expect(gone).toMatchObject([
      { from: 'lexer', to: 'parser', reason: 'lexer was abandoned' },
      { from: 'vm', to: 'lexer', reason: 'lexer was abandoned' },
    ]);
    expect(run.state.openHandoffs).toBe(1);
    run.when(asks('parser', 'lexer', 'anything')).refused('no-sender');
  });

  test('when the run is cancelled', () => {
    const run = given(planned).when(cancels).then('run-cancelled', 'handoff-withdrawn');
    run.when(gives('lexer', { items: ['examples'] })).refused('run-cancelling');
  });
});

describe('a soft consumer', () => {
  const soft = plan({ modules: { lexer: {}, parser: { soft: ['lexer'] } } });

  test('is handed what its provider was sealed with', () => {
    const run = given(soft, submits('lexer')).when(judged('lexer'));
    const given_ = run.events.filter(({ type }) => type.startsWith('handoff-'));
    expect(given_.slice(0, 2)).toMatchObject([
      { type: 'handoff-requested', planned: false, by: null, to: 'parser' },
      { type: 'handoff-delivered', partial: false, tree: tree('lexer-1') },
    ]);
  });
});

test('a run with handoffs replays, and its snapshot gives it back', () => {
  const run = given(planned, asks('parser', 'lexer', 'more'), ...sealed('lexer'), takes('parser'));
  const plain = (state: Scenario['state'] | null) => JSON.stringify(toSnapshot(state as never));
  expect(plain(fold(null, run.history))).toBe(plain(run.state));
  const back = fromSnapshot(JSON.parse(plain(run.state)));
  expect(plain(back)).toBe(plain(run.state));
});
