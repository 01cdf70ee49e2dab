import { describe, expect, it } from 'vitest';
import { moduleId, streamId, type NodeRef } from '../../../src/core/ids.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { chronicle } from '../../../src/core/projections/chronicle.ts';
import { streamStatuses } from '../../../src/core/projections/streams.ts';
import { Story, smallPlan, tree } from './story.ts';

/** Front: lexer, parser (with a gate of its own); back: vm, and a stream without modules. */
function lanes(): Plan {
  const plan = smallPlan();
  const ids = ['front', 'back', 'docs'] as const;
  return {
    ...plan,
    streams: ids.map((id) => ({ id: streamId(id), title: id.toUpperCase(), lead: null })),
    modules: plan.modules.map((module) => {
      return { ...module, stream: streamId(module.id === 'vm' ? 'back' : 'front') };
    }),
    gates: [
      ...plan.gates,
      { kind: 'approval', id: 'look' as never, requires: ['module:vm' as NodeRef] },
    ],
  };
}

const said = (story: Story): Record<string, unknown[]> =>
  Object.fromEntries(
    streamStatuses(chronicle(story.events)!).map(({ id, shape, percent, says }) => {
      return [id, [shape, percent, says]];
    }),
  );

describe('a stream says in one line', () => {
  it('what is being built, and how far its estimates are used up', () => {
    const story = new Story(lanes()).go().progress('vm', 'half', 0.5);
    expect(said(story)).toEqual({
      front: ['building', 0, 'Building lexer'],
      back: ['building', 33, 'Building vm'],
      docs: ['idle', 0, 'Nothing to do'],
    });
  });

  it('what is in review, and what it waits for from other streams', () => {
    const story = new Story(lanes()).go().submit('lexer');
    expect(said(story)).toMatchObject({ front: ['review', 33, 'lexer in review'] });
    const plan = lanes();
    const swapped = {
      ...plan,
      modules: plan.modules.map((m) => ({
        ...m,
        stream: m.id === 'parser' ? streamId('back') : streamId('front'),
      })),
    };
    expect(said(new Story(swapped).go())).toMatchObject({
      front: ['building', 0, 'Building lexer and vm'],
      back: ['waiting', 0, 'Waiting for lexer'],
    });
  });

  it('that it is sealed, or what of it is judged again', () => {
    const story = new Story(lanes()).go().seal('lexer', 'vm').seal('parser');
    expect(said(story)).toMatchObject({ front: ['sealed', 100, 'Sealed'] });
    const of = { contract: tree('7'), reason: 'columns', by: 'sam' };
    story.do({ type: 'pause-run', by: 'sam' });
    story.do({ type: 'reopen-module', module: moduleId('lexer'), ...of });
    expect(said(story)).toMatchObject({ front: ['reopened', 33, 'lexer reopened'] });
  });

  it('what needs a person first, gates of its own modules included', () => {
    const story = new Story(lanes()).go().seal('vm').subject('look');
    expect(said(story)).toMatchObject({ back: ['needs-you', 100, 'Needs you: look'] });
    for (const _ of [1, 2, 3]) story.submit('lexer').fail('lexer', 'no');
    expect(said(story)).toMatchObject({ front: ['needs-you', 0, 'Needs you: lexer'] });
  });
});
