import { describe, expect, it } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import { chronicle, chronicleEvent } from '../../../src/core/projections/chronicle.ts';
import { gateCard } from '../../../src/core/projections/gate-card.ts';
import { Story, hash, tree } from './story.ts';

const nodes = { core: 3, accept: 4, ship: 5 } as const;
const cardOf = (story: Story, name: keyof typeof nodes) =>
  gateCard(chronicle(story.events)!, nodes[name]);

describe('a gate tells how it was decided', () => {
  it('by its kind and what it waits for', () => {
    const story = new Story().go().seal('lexer', 'vm');
    expect(cardOf(story, 'core')).toEqual({
      ...{ ref: 'tier:core', name: 'core', kind: 'tier', shape: 'waiting' },
      ...{ says: 'Waiting for parser', since: null, subject: null },
    });
    expect(cardOf(story, 'accept').kind).toBe('end-to-end');
    expect(cardOf(story, 'ship').kind).toBe('approval');
  });

  it('while it is judged, and what passed', () => {
    const story = new Story().go().seal('lexer', 'vm').seal('parser');
    expect(cardOf(story, 'core')).toMatchObject({ shape: 'judging', since: story.now });
    story.after(5).passTier('core');
    expect(cardOf(story, 'core')).toMatchObject({
      ...{ shape: 'passed', says: 'Integrated', since: story.now, subject: tree('2') },
    });
  });

  it('that failed, until what was blamed is mended', () => {
    const story = new Story().go().seal('lexer', 'vm').seal('parser').failTier('core', 'columns');
    expect(cardOf(story, 'core')).toMatchObject({
      ...{ shape: 'failed', says: 'Failed · waiting for lexer and parser' },
    });
  });

  it('that a person must decide, on exactly what', () => {
    const story = new Story().toApproval();
    const asked = { shape: 'needs-you', since: story.now, subject: hash('f') };
    expect(cardOf(story, 'ship')).toMatchObject({ ...asked, says: 'Waits for your approval' });
    story.after(9).approve('ship');
    expect(cardOf(story, 'ship')).toMatchObject({
      ...{ shape: 'passed', says: 'Approved by sam', since: story.now, subject: hash('f') },
    });
  });

  it('that nobody decides any more once the run is cancelled', () => {
    const story = new Story().toApproval();
    story.do({ type: 'cancel-run', by: 'sam', reason: 'enough' });
    expect(cardOf(story, 'ship')).toMatchObject({ shape: 'waiting', says: 'Not decided' });
  });

  it('that waits again because something below it was reopened', () => {
    const story = new Story().toApproval();
    const of = { contract: tree('7'), reason: 'columns', by: 'sam' };
    story.do({ type: 'reopen-module', module: moduleId('vm'), ...of });
    expect(cardOf(story, 'core')).toMatchObject({ shape: 'waiting', says: 'Waiting for vm' });
    expect(cardOf(story, 'ship')).toMatchObject({ shape: 'waiting', subject: null });
  });
});

it('a gate stays the same object until something on it changes', () => {
  const story = new Story().go();
  const before = chronicle(story.events)!;
  const first = gateCard(before, nodes.core);
  const told = story.events.length;
  story.progress('vm', 'Half the operators', 0.5);
  const after = story.events.slice(told).reduce(chronicleEvent, before);
  expect(gateCard(after, nodes.core)).toBe(first);
});
