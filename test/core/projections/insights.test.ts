import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/core/projections/account-shape.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { accountOf } from '../../../src/core/projections/account.ts';
import { insights, type Insight } from '../../../src/core/projections/insights.ts';
import { smallPlan, Story } from './story.ts';

function notesOf({ events }: Story): Insight[] {
  const { account, replayed } = accountOf(events)!;
  return insights(account, replayed);
}

const [main] = smallPlan().streams as [Plan['streams'][number]];
const hostile = '[[../../evil]] <script>\n---\ntype: x\n---\n# not a heading\u001b[31m';

describe('the insights of a run', () => {
  it('are a note of the run, and one of each thing that was learned', async () => {
    const story = new Story().go().after(60).submit('lexer').fail('lexer', 'off by one');
    story.after(30).submit('lexer', 'Counts from 1 now.').pass('lexer').submit('vm').pass('vm');
    story.seal('parser').after(10).failTier('core', 'who counts columns?');
    const notes = notesOf(story);
    expect(notes.map(({ type, file }) => [type, file])).toEqual([
      ['run', '2026-03-01-20260301-1200-ab3d-run.md'],
      ['pitfall', '2026-03-01-20260301-1200-ab3d-pitfall-1-lexer.md'],
      ['integration-lesson', '2026-03-01-20260301-1200-ab3d-integration-1-lexer.md'],
      ['estimate', '2026-03-01-20260301-1200-ab3d-estimates.md'],
    ]);
    await expect(notes[1]?.text).toMatchFileSnapshot('golden/insight-pitfall.txt');
  });

  it('say in words what has words', () => {
    const story = new Story({ ...smallPlan(), streams: [{ ...main, title: 'Front end' }] }).go();
    story.after(60).submit('lexer').fail('lexer', 'off by one');
    story.do({
      ...{ type: 'amend-contract', module: 'lexer' as never, by: 'sam', reason: 'clearer' },
      contract: 'd'.repeat(40) as never,
    });
    const { account, replayed } = accountOf(story.events)!;
    const conflict: Account['conflicts'][number] = {
      kind: 'two-owners',
      about: 'vm hands in a.js, which lexer owns',
      rule: 'ownership',
      decision: 'owner-keeps',
      reason: 'it is its path',
    };
    const notes = insights({ ...account, conflicts: [conflict] }, replayed);
    const text = (type: string): string => notes.find((each) => each.type === type)?.text ?? '';
    expect(text('conflict-lesson')).toContain(
      'Two owners of one path: vm hands in a.js, which lexer owns.\n\nDecided by ownership: the owner keeps the path. it is its path',
    );
    expect(text('contract-lesson')).toContain('(asked for by a person; by sam)');
    expect(text('pitfall')).toContain('"Front end"');
  });

  it('link each other, so that no link leads nowhere', () => {
    const story = new Story().go().submit('lexer').fail('lexer', 'off by one');
    const notes = notesOf(story);
    const files = new Set(notes.map(({ file }) => file));
    for (const { text } of notes) {
      const links = [...text.matchAll(/\[\[([^\]]+)\]\]/g)].map(([, name]) => `${name ?? ''}.md`);
      expect(links.length).toBeGreaterThan(0);
      expect(links.filter((link) => !files.has(link))).toEqual([]);
    }
  });

  it('cannot be made to link, to draw headings or to end their front matter by what agents say', () => {
    const story = new Story().go().submit('lexer', hostile).fail('lexer', hostile);
    story.submit('lexer', hostile).pass('lexer');
    for (const { text, title } of notesOf(story)) {
      expect(text).not.toContain('[[../../evil]]');
      expect(text).not.toContain('<script>\n');
      expect(text).not.toContain('\u001b');
      expect(title).not.toContain('\n');
      expect(text.split('\n').filter((line) => line === '---')).toHaveLength(2);
      expect(text.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
    }
  });

  it('are bounded, however much went wrong', () => {
    const story = new Story().go();
    for (let round = 0; round < 30; round++) {
      story.after(1).do({
        ...{ type: 'amend-contract', module: 'lexer' as never, by: 'sam' },
        ...{ contract: `${round}`.padStart(40, '0') as never, reason: 'again '.repeat(500) },
      });
    }
    const notes = notesOf(story);
    expect(notes.filter(({ type }) => type === 'contract-lesson')).toHaveLength(12);
    expect(Math.max(...notes.map(({ text }) => text.length))).toBeLessThan(20_000);
  });

  it('are the same whenever they are taken from the same journal', () => {
    const story = new Story().go().submit('lexer').fail('lexer', 'x');
    expect(notesOf(story)).toEqual(notesOf(story));
  });
});
