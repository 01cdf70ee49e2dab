import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';
import { digest } from '../support/scenario-beginning.ts';
import { composed, delivered, judged, listed, sealed, submits } from '../support/scenario-moves.ts';
import { approves, rejects, reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const shipped = plan({ modules: { lexer: {} }, gates: { ship: { requires: ['lexer'] } } });
const asked = () => given(shipped, ...sealed('lexer'), composed('ship', 'seals-1'));

describe('an approval', () => {
  it('is asked for when all that it is about is sealed, and delivers what was approved', () => {
    given(shipped, ...sealed('lexer'))
      .then('verdict-given', 'module-sealed', 'gate-started')
      .when(composed('ship', 'seals-1'))
      .then({ type: 'approval-requested', submission: digest('seals-1') })
      .leaves({ ship: 'asked' })
      .when(approves('ship', 'seals-1'))
      .then({ type: 'approval-given', by: 'ada' }, 'delivery-started');
  });

  it('is bound to exactly what the person saw', () => {
    asked().when(approves('ship', 'seals-0')).refused('other-subject');
    asked().when(rejects('ship', 'seals-0')).refused('other-subject');
  });

  it('is given only where one is asked for', () => {
    given(shipped).when(approves('ship', 'seals-1')).refused('nothing-to-approve');
    given(shipped).when(approves('nobody', 'seals-1')).refused('unknown-gate');
    const checked = plan({
      modules: { lexer: {} },
      gates: { accept: { requires: ['lexer'], checks: ['golden'] } },
    });
    given(checked).when(approves('accept', 'seals-1')).refused('not-an-approval');
    asked()
      .when(approves('ship', 'seals-1'), approves('ship', 'seals-1'))
      .refused('nothing-to-approve');
  });

  it('may be refused, and given after all', () => {
    asked()
      .when(rejects('ship', 'seals-1'))
      .then({ type: 'approval-refused', note: 'not yet' })
      .leaves({ ship: 'refused' })
      .when(approves('ship', 'seals-1'))
      .then('approval-given', 'delivery-started');
  });

  it('is void when a module below it is reopened, and asked for anew', () => {
    asked()
      .when(reopens('lexer', 'lexer-2'))
      .leaves({ ship: 'waiting' })
      .when(approves('ship', 'seals-1'))
      .refused('nothing-to-approve')
      .when(listed('lexer'), ...sealed('lexer'), composed('ship', 'seals-2'))
      .then({ type: 'approval-requested', submission: digest('seals-2') })
      .when(approves('ship', 'seals-1'))
      .refused('other-subject');
  });

  it('is not asked for on seals that were reopened while it was composed', () => {
    given(shipped, ...sealed('lexer'), reopens('lexer', 'lexer-2'))
      .when(composed('ship', 'seals-1'))
      .then('integration-ended')
      .leaves({ ship: 'waiting' });
  });

  it('in the middle of a run lets what needs it begin, and its loss makes that stale', () => {
    const middle = plan({
      modules: { schema: {}, api: { needs: ['gate:agreed'] }, docs: {} },
      gates: { agreed: { requires: ['schema'] } },
    });
    given(middle, ...sealed('schema'), composed('agreed', 'schema-1'))
      .leaves({ agreed: 'asked', api: 'waiting', docs: 'generating' })
      .when(approves('agreed', 'schema-1'))
      .then('approval-given', 'generation-started')
      .when(submits('api'), judged('api'))
      .leaves({ api: 'sealed' })
      .when(reopens('schema', 'schema-2'), listed('schema'), ...sealed('schema'))
      .leaves({ agreed: 'judging', api: 'sealed' })
      .when(composed('agreed', 'schema-2'), approves('agreed', 'schema-2'))
      .then('approval-given', { type: 'evaluation-started', again: true });
  });

  it('needs no reviewer’s place to be asked for', () => {
    const busy = plan({
      modules: { a: {}, b: {} },
      gates: { agreed: { requires: ['a'] } },
      pools: { reviewers: 1 },
    });
    given(busy, submits('a'), submits('b'))
      .when(judged('a'))
      .then('verdict-given', 'module-sealed', 'gate-started', 'evaluation-started');
  });

  it('of a run that is delivered comes too late', () => {
    asked()
      .when(approves('ship', 'seals-1'), delivered(), rejects('ship', 'seals-1'))
      .refused('run-over');
  });
});
