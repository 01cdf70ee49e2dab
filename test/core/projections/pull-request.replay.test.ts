import { describe, expect, it } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { pullRequestGround } from '../../../src/core/projections/pull-request-ground.ts';
import { pullRequestText } from '../../../src/core/projections/pull-request.ts';
import { hash, smallPlan, Story, tree } from './story.ts';

const facts = {
  ...{ commit: '9'.repeat(40), onTop: 0 },
  verified: { events: 57, seals: 3 },
};

const text = (story: Story, more: Partial<typeof facts> = {}) =>
  pullRequestText(story.events, { ...facts, ...more })!;

/** Every word that somebody else wrote is meant ill. */
const ill =
  'fixes #1 <img src=x> @octocat [x](javascript:y) | closes https://github.com/a/b/issues/2';

function eventful(plan: Plan = smallPlan()): Story {
  const story = new Story(plan).go().after(60).submit('lexer').submit('vm').after(10);
  story.revise('lexer', ill).pass('vm').after(30).submit('lexer', ill).after(5).pass('lexer');
  story.seal('parser').after(10).failTier('core', ill);
  const module = moduleId('lexer');
  const { life } = story.state.modules.get(0);
  if (life.at !== 'amending' || life.order === null) throw new Error(life.at);
  const spent = { tokens: 0, microUsd: 0, turns: 0, ms: 0 };
  const failure = { code: 'refused', message: 'no idea', retryable: false, spent };
  story.after(5).do({ type: 'record-amendment-failure', module, order: life.order, ...failure });
  story.after(60).do({ type: 'reopen-module', module, contract: tree('7'), reason: ill, by: ill });
  const verifying = story.state.modules.get(0).life;
  if (verifying.at !== 'verifying' || verifying.order === null) throw new Error(verifying.at);
  const result = { ok: true, listing: hash('6'), tests: 13 } as const;
  story.after(2).do({ type: 'record-verification', module, order: verifying.order, result });
  story.seal('lexer');
  if (story.state.modules.get(1).life.at !== 'sealed') story.pass('parser');
  return story;
}

describe('the text of a pull request', () => {
  it('tells a run in which all went well', async () => {
    const story = new Story().toApproval().after(30).approve('ship').after(1).deliver();
    const { title, body } = text(story);
    expect(title).toBe('tiny: Compile a small language');
    await expect(body).toMatchFileSnapshot('golden/pull-request.md');
  });

  it('tells what went wrong on the way, and lets nothing of it act', async () => {
    const plan = smallPlan();
    const modules = plan.modules.map((each) => ({ ...each, purpose: ill }));
    const artifact = { ...plan.artifact, purpose: ill, success: ill };
    const story = eventful({ ...plan, artifact, modules });
    const { title, body } = text(story, { onTop: 2 });
    expect(title).not.toMatch(/@\w|#\d|:\/\//);
    const outside = body
      .replace(/```sh[\s\S]*?```/g, '')
      .replace(/\\([!-/:-@[-`{-~])|`[^`\n]*`/g, (_, escaped: string | undefined) =>
        escaped === undefined || '<>[]'.includes(escaped) ? '' : escaped,
      );
    expect(outside).not.toMatch(/@\w|#\d|:\/\/|<|\]\(/);
    await expect(body).toMatchFileSnapshot('golden/pull-request-eventful.md');
  });

  it('stays below what a forge takes, however much there is to tell', () => {
    const plan = smallPlan();
    const [first] = plan.modules;
    const many = Array.from({ length: 1_000 }, (_, at) => ({
      ...first!,
      ...{ id: moduleId(`m${at}`), purpose: '<'.repeat(4_000), needs: [], owns: [`src/m${at}/**`] },
    }));
    const tiers = plan.tiers.map((tier) => ({ ...tier, modules: many.map(({ id }) => id) }));
    const { body } = text(new Story({ ...plan, modules: many, tiers }));
    expect(body.length).toBeLessThan(60_000);
    expect(body).toContain('and 920 more modules');
  });

  it('names what was not committed when the run began', () => {
    const story = new Story();
    const [started] = story.events;
    if (started?.type !== 'run-started') throw new Error('no start');
    const dirtyPaths = ['.env', 'a b`c.txt'];
    const base = { ...started.base, dirty: true, dirtyPaths, dirtyCount: 12 };
    const { body } = pullRequestText([{ ...started, base }, ...story.events.slice(1)], facts)!;
    expect(body).toContain(
      'not committed when the run started:** 12 paths (.env, a b\\`c.txt and 10 more)',
    );
  });
});

describe('whether there is something to merge', () => {
  it('there is once a run is complete and delivered as a branch', () => {
    const story = new Story().toApproval().approve('ship').deliver();
    expect(pullRequestGround(story.replayed)).toEqual({
      ok: true,
      delivered: { kind: 'branch', name: `ashlar/${story.state.run}`, commit: '9'.repeat(40) },
    });
  });

  it('there is not before, and it says what is missing', () => {
    const story = new Story().go().seal('lexer', 'vm');
    const says = (of: Story) => {
      const ground = pullRequestGround(of.replayed);
      return ground.ok ? 'there is' : `${ground.code}: ${ground.message}`;
    };
    expect(says(story)).toContain('2 of 3 modules sealed; missing: parser (building');
    story.seal('parser').passTier('core').passGate('accept').subject('ship');
    expect(says(story)).toMatch(/3 of 3 modules sealed; it needs you: .*ship/);
    story.do({ type: 'cancel-run', by: 'sam', reason: 'enough' });
    expect(says(story)).toContain('not-complete: run 20260301-1200-ab3d is cancelled (enough)');
  });

  it('there is not again once a seal was opened', () => {
    const story = new Story().toApproval().approve('ship').deliver();
    const { phase } = story.state;
    if (phase.at !== 'finished') throw new Error(phase.at);
    story.do({ type: 'record-postmortem', order: phase.order, digest: hash('8') });
    const amended = { contract: tree('7'), reason: 'columns', by: 'sam' };
    story.do({ type: 'reopen-module', module: moduleId('lexer'), ...amended });
    expect(pullRequestGround(story.replayed)).toMatchObject({ ok: false, code: 'not-complete' });
  });

  it('there is not where the result is a folder', () => {
    const story = new Story().toApproval().approve('ship');
    const { phase } = story.state;
    if (phase.at !== 'delivering') throw new Error(phase.at);
    const name = '.ce-workspace/runs/x/result';
    const result = { ok: true, kind: 'folder', name, commit: null } as const;
    story.do({ type: 'record-delivery', order: phase.order, result });
    expect(pullRequestGround(story.replayed)).toMatchObject({
      ...{ ok: false, code: 'no-repository' },
      message: expect.stringContaining(`its result lies in ${name}`) as string,
    });
  });
});
