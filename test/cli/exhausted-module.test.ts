import { expect, it } from 'vitest';
import { requestOf } from '../../src/cli/needs-you-text.ts';
import type { RunId } from '../../src/core/ids.ts';
import { needsYou } from '../../src/core/projections/needs-you.ts';
import { given } from '../support/scenario.ts';
import { ends, judged, submits } from '../support/scenario-moves.ts';
import { plan } from '../support/scenario-plan.ts';

const escalating = { attempts: 1, turns: 4 };
const alone = plan({ modules: { lexer: { budget: escalating, onExhausted: ['escalate'] } } });

function asked(run: ReturnType<typeof given>) {
  const [need] = needsYou(run.state);
  if (need === undefined) throw new Error('nothing is asked');
  return requestOf(need, 'r1' as RunId, 'ashlar', run.state.at);
}

it('names the attempts that are used up, and the option that raises them', () => {
  const run = given(alone, submits('lexer'), judged('lexer', { unit: 'failed' }));
  const { detail, commands } = asked(run);
  expect(detail.join(' ')).toContain('budget of attempts is used up');
  expect(detail.join(' ')).toContain('(1 of 1 attempt judged)');
  expect(commands).toContain('ashlar resume r1 --scope module:lexer --attempts N');
});

it('names the turns that are used up, and how much of them one attempt may use', () => {
  const run = given(alone, ends('lexer', 'exhausted', { what: 'turns' }));
  const { detail, commands } = asked(run);
  expect(detail.join(' ')).toContain('of 4 turns spent; an attempt may use half of what is left');
  expect(commands).toContain('ashlar resume r1 --scope module:lexer --turns N');
});
