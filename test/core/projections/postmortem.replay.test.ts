import { describe, expect, it } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import { moduleState } from '../../../src/core/lookup.ts';
import { postmortem } from '../../../src/core/projections/postmortem.ts';
import { Story, hash, tree } from './story.ts';

const report = (story: Story): string => postmortem(story.state, story.events);

describe('a postmortem', () => {
  it('tells a run in which all went well', async () => {
    const story = new Story().toApproval().after(30).approve('ship').after(1).deliver();
    await expect(report(story)).toMatchFileSnapshot('golden/postmortem-complete.txt');
  });

  it('tells what modules gave each other, and how long that took', () => {
    const story = new Story().go();
    const vm = moduleId('vm');
    const { life } = moduleState(story.state, vm);
    if (life.at !== 'generating') throw new Error(life.at);
    const from = { order: life.order, module: vm };
    story.do({ type: 'record-request', ...from, from: moduleId('lexer'), items: ['a | b'] });
    const { id } = story.state.handoffs.get(0);
    story.after(30).do({ type: 'record-receipt', ...from, handoff: id, waitedMs: 20_000 });
    story.seal('lexer').after(10).do({ type: 'cancel-run', by: 'sam', reason: 'enough' });
    const lines = report(story).split('\n');
    const at = lines.indexOf('## Handoffs one by one');
    expect(lines.slice(at + 2, at + 5)).toEqual([
      '| from | to | what | foreseen | parts | how it ended | waited |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      expect.stringMatching(
        /^\| lexer \| vm \| a \\\| b \| no \| 0 \| delivered after .*, not taken by a builder \| 20 s \|$/,
      ),
    ]);
  });

  it('tells failures, amendments, late results and who decided what', async () => {
    const story = new Story().go().after(60).submit('lexer').submit('vm').after(10);
    story.fail('lexer', '- expected\n+ actual\n```\n# not a heading').pass('vm');
    story.after(30).submit('lexer', 'Fixed <b>it</b>\u001b[31m').after(5).pass('lexer');
    story.seal('parser').after(10).failTier('core', 'who counts columns?');
    const module = moduleId('lexer');
    const { life } = story.state.modules.get(0);
    if (life.at !== 'amending' || life.order === null) throw new Error(life.at);
    const late = { order: life.order, module, what: 'a submission of a dead agent' };
    story.do({ type: 'record-late', ...late, spent: null });
    const failure = { code: 'refused', message: 'no idea', retryable: false, spent: zero };
    story.after(5).do({ type: 'record-amendment-failure', module, order: life.order, ...failure });
    const amended = { contract: tree('7'), reason: 'Count columns from 1.', by: 'sam' };
    story.after(60).do({ type: 'reopen-module', module, ...amended });
    const verifying = story.state.modules.get(0).life;
    if (verifying.at !== 'verifying' || verifying.order === null) throw new Error(verifying.at);
    const result = { ok: true, listing: hash('6'), tests: 13 } as const;
    story.after(2).do({ type: 'record-verification', module, order: verifying.order, result });
    story.after(3).do({ type: 'cancel-run', by: 'sam', reason: 'enough *for* today' });
    const { life: last } = story.state.modules.get(0);
    if (last.at !== 'generating') throw new Error(last.at);
    const effect = { type: 'generate', order: last.order, module } as const;
    story.after(1).do({ type: 'record-abort', order: last.order, effect });
    expect(story.state.phase.at).toBe('finished');
    await expect(report(story)).toMatchFileSnapshot('golden/postmortem-cancelled.txt');
  });

  it('is written for a run that never got to work', () => {
    const story = new Story();
    const results = [{ name: 'node', passed: false, evidence: [] }];
    story.do({ type: 'record-prerequisites', order: 1 as never, results });
    story.do({ type: 'cancel-run', by: 'sam', reason: 'no node here' });
    expect(report(story)).toContain('- **Outcome:** cancelled: no node here');
  });

  it('names the notes of earlier runs that agents of a module were given', () => {
    const story = new Story().go().read('lexer').submit('lexer');
    expect(report(story)).toContain(
      'Insights used:\n\n- lexer: the last token is lost (`2026-02-01-pitfall-lexer.md`): builder of attempt 1\n',
    );
    expect(report(new Story().go().submit('lexer'))).not.toContain('Insights used');
  });

  it('leaves out what came after the state it is about', () => {
    const story = new Story().go();
    const { state } = story;
    story.submit('lexer');
    expect(postmortem(state, story.events)).not.toContain('handed in');
  });
});

const zero = { tokens: 0, microUsd: 0, turns: 0, ms: 0 };
