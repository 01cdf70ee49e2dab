import { expect } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { ofType } from '../support/tiny-workspace.ts';

/** What the example is written to show, whoever builds it, and also where only part of it is built. */
export function expectTheExample(told: { readonly events: readonly RunEvent[] }): void {
  const revised = ofType(told, 'verdict-given').filter(({ verdict }) => verdict !== 'PASS');
  expect(revised.map(({ gate, verdict }) => `${gate} ${verdict}`).sort()).toEqual([
    'module:parser FAIL',
    'module:vm NEEDS_REVISION',
    'tier:frontend FAIL',
  ]);
  expect(ofType(told, 'integration-failed')).toMatchObject([
    { blamed: 'parser', how: 'integrator' },
  ]);
  expect(ofType(told, 'contract-amended')).toMatchObject([{ module: 'parser', version: 2 }]);
}
