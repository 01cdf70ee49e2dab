import { given } from '../support/scenario.ts';
import { arbiterFails, ends, judged, submits } from '../support/scenario-moves.ts';
import { plan } from '../support/scenario-plan.ts';

/** Two tiers; in the lower one a module asks a person, and another waits for it. */
export const askingRun = () =>
  given(
    plan({
      modules: {
        ...{ lexer: {}, codegen: {}, parser: {}, optimizer: {} },
        toolchain: { needs: ['parser', 'optimizer'] },
      },
      tiers: {
        front: { modules: ['lexer', 'codegen'] },
        back: { modules: ['parser', 'optimizer', 'toolchain'] },
      },
      gates: { ship: { requires: ['tier:front', 'tier:back'] } },
    }),
    submits('parser'),
    judged('parser', { review: 'NEEDS_REVISION' }),
    ends('parser', 'disputed'),
    arbiterFails('parser', false),
  );
