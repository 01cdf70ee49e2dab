import { describe, expect, it } from 'vitest';
import { moduleStatuses } from '../../../src/core/projections/module-status.ts';
import { moduleId } from '../../../src/core/ids.ts';
import { Story, hash, tree } from './story.ts';

const texts = (story: Story): Record<string, string> =>
  Object.fromEntries(moduleStatuses(story.state).map(({ id, text }) => [id, text]));

describe('a module says in words what it is at', () => {
  it('before the go', () => {
    const story = new Story();
    expect(texts(story)).toEqual({
      lexer: 'Ready · prerequisites are being checked',
      parser: 'Waiting for lexer',
      vm: 'Ready · prerequisites are being checked',
    });
  });

  it('while it is built, judged and revised', () => {
    const story = new Story().go().progress('vm', 'Half the operators', 0.5);
    expect(texts(story)).toMatchObject({ lexer: 'Building', vm: 'Building' });
    expect(moduleStatuses(story.state)[2]).toMatchObject({
      percent: 50,
      detail: 'Half the operators',
      attempt: 1,
    });
    story.submit('lexer');
    expect(texts(story)).toMatchObject({ lexer: 'In review' });
    story.fail('lexer', 'expected 1');
    expect(texts(story)).toMatchObject({ lexer: 'Revising' });
  });

  it('with the name of what holds it', () => {
    const story = new Story().go().submit('lexer').do({ type: 'pause-run', by: 'sam' });
    story.pass('lexer');
    expect(texts(story)).toMatchObject({ parser: 'Ready · the run is paused', lexer: 'Sealed' });
  });

  it('when its agent was replaced', () => {
    const story = new Story().go();
    story.do({ type: 'start-driver', driver: 2, host: 'there', pid: 2 });
    expect(texts(story)).toMatchObject({ lexer: 'Building · 1 agent lost' });
  });

  it('when a person reopens it, and what stands on it waits to be judged again', () => {
    const story = new Story().toApproval().do({ type: 'pause-run', by: 'sam' });
    const amend = { contract: tree('7'), reason: 'columns', by: 'sam' };
    story.do({ type: 'reopen-module', module: moduleId('lexer'), ...amend });
    expect(texts(story)).toMatchObject({
      lexer: "Contract's tests being listed",
      parser: 'Sealed · judged again after lexer',
      vm: 'Sealed',
    });
    story.do({ type: 'resume-run', by: 'sam' });
    const { life } = story.state.modules.get(0);
    if (life.at !== 'verifying' || life.order === null) throw new Error(life.at);
    const result = { ok: true, listing: hash('6'), tests: 13 } as const;
    story.do({ type: 'pause-run', by: 'sam' });
    const of = { module: moduleId('lexer'), order: life.order };
    story.do({ type: 'record-verification', ...of, result });
    expect(texts(story)).toMatchObject({ lexer: 'Reopened · ready · the run is paused' });
  });

  it('when only a person can go on', () => {
    const story = new Story().go();
    for (const _ of [1, 2, 3]) story.submit('lexer').fail('lexer', 'no');
    expect(texts(story)).toMatchObject({ lexer: 'Needs you · its budget is used up' });
  });

  it('when the run ended without it', () => {
    const story = new Story();
    const results = [{ name: 'node', passed: false, evidence: [] }];
    story.do({ type: 'record-prerequisites', order: 1 as never, results });
    story.do({ type: 'cancel-run', by: 'sam', reason: 'no node here' });
    expect(texts(story)).toMatchObject({ lexer: 'Not built', parser: 'Not built' });
  });
});
