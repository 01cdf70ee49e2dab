import { moduleId } from '../../src/core/ids.ts';
import { given } from '../support/scenario.ts';
import { arbiterFails, ends, judged, submits } from '../support/scenario-moves.ts';
import { plan } from '../support/scenario-plan.ts';

/** lexer handed in what parser owns, which ownership decides; then its reviewer's verdict is disputed. */
export const disputedRun = () =>
  given(
    plan({ modules: { lexer: {}, parser: {} } }),
    submits('lexer', {
      problems: [
        {
          ...{ kind: 'scope', check: null, test: null, file: 'src/parser/a.ts', line: null },
          says: 'not its own',
        },
      ],
      trespasses: [{ owner: moduleId('parser'), files: ['src/parser/a.ts'] }],
    }),
    judged('lexer', { unit: 'failed', review: null }),
    submits('lexer'),
    judged('lexer', { review: 'NEEDS_REVISION' }),
    ends('lexer', 'disputed'),
    arbiterFails('lexer', false),
  );
