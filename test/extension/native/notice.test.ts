import { describe, expect, it } from 'vitest';
import { needsYou, type NeedsYou } from '../../../src/core/projections/needs-you.ts';
import { nextNotice, toldOf, withTold, type Told } from '../../../src/extension/native/notice.ts';
import { given, type Scenario } from '../../support/scenario.ts';
import { digest } from '../../support/scenario-beginning.ts';
import { composed, sealed } from '../../support/scenario-moves.ts';
import { amends, pauses, rejects } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';

const gates = plan({
  modules: { lexer: {}, parser: {} },
  gates: { look: { requires: ['lexer'] }, ship: { requires: ['lexer'] } },
});
const needs = (run: Scenario) => needsYou(run.state);
const asked = () => given(gates, ...sealed('lexer'), composed('look', 's1'));

describe('a person is told', () => {
  it('when a gate asks, with the way to approve it', () => {
    const { notice } = nextNotice([], needs(asked()));
    const says = 'Gate look waits for your approval.';
    expect(notice).toEqual({
      ...{ says, canRetry: false },
      approvals: [{ gate: 'look', submission: digest('s1') }],
    });
  });

  it('when a provider serves nobody, with the way to try it again', () => {
    const need: NeedsYou = {
      ...{ kind: 'provider', provider: 'vscode-lm', code: 'no-model', pools: ['builders'] },
      ...{ says: 'vscode-lm is waited for', detail: '', since: 1 },
    };
    const { notice } = nextNotice([], [need]);
    expect(notice).toEqual({
      ...{ says: 'vscode-lm is waited for.', approvals: [], canRetry: true },
    });
  });

  it('once: not again while the same submission waits', () => {
    const run = asked();
    const { told } = nextNotice([], needs(run));
    run.when(amends('parser', 'c2'));
    expect(nextNotice(told, needs(run)).notice).toBeNull();
  });

  it('once, also after looking at another run meanwhile', () => {
    const { told } = nextNotice([], needs(asked()));
    const kept = withTold(withTold([], 'one', told), 'other', ['budget']);
    expect(nextNotice(toldOf(kept, 'one'), needs(asked())).notice).toBeNull();
    expect(nextNotice(toldOf(kept, 'third'), needs(asked())).notice).not.toBeNull();
    expect(withTold(kept, 'one', [])).toEqual([{ run: 'other', needs: ['budget'] }]);
    const many = Array.from({ length: 30 }, (_, at) => `run ${at}`);
    const most = many.reduce<Told>((all, run) => withTold(all, run, ['budget']), []);
    expect(most.map(({ run }) => run)).toEqual(many.slice(10));
  });

  it('again, when the gate asks about another submission', () => {
    const { told } = nextNotice([], needs(asked()));
    const other = given(gates, ...sealed('lexer'), composed('look', 's2'));
    expect(nextNotice(told, needs(other)).notice).not.toBeNull();
  });

  it('of several things at once in one notification', () => {
    const run = asked().when(composed('ship', 's1'));
    expect(nextNotice([], needs(run)).notice?.says).toBe(
      'Gate look waits for your approval. And 1 more.',
    );
  });

  it('of something new beside what was told, that alone', () => {
    const run = asked();
    const { told } = nextNotice([], needs(run));
    run.when(composed('ship', 's1'));
    expect(nextNotice(told, needs(run)).notice?.says).toBe('Gate ship waits for your approval.');
  });

  it('of nothing that a person has just done', () => {
    expect(nextNotice([], needs(given(gates, pauses))).notice).toBeNull();
    const run = asked().when(rejects('look', 's1'));
    expect(nextNotice([], needs(run)).notice).toBeNull();
  });

  it('anew of what went away and came back', () => {
    const waiting = needs(asked());
    const { told } = nextNotice([], waiting);
    const after = nextNotice(told, []);
    expect(nextNotice(after.told, waiting).notice).not.toBeNull();
  });
});
