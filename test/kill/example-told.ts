import { expect } from 'vitest';
import { ofType } from '../support/tiny-workspace.ts';
import type { Ended } from './example-runs.ts';

/** What the example is written to show, whoever builds it. */
export function expectTheExample(ended: Ended): void {
  expect(ended.exit).toBe(0);
  expect(ended.seals.size).toBe(8);
  const revised = ofType(ended, 'verdict-given').filter(({ verdict }) => verdict !== 'PASS');
  expect(revised.map(({ gate, verdict }) => `${gate} ${verdict}`).sort()).toEqual([
    'module:parser FAIL',
    'module:vm NEEDS_REVISION',
    'tier:frontend FAIL',
  ]);
  expect(ofType(ended, 'integration-failed')).toMatchObject([
    { blamed: 'parser', how: 'integrator' },
  ]);
  expect(ofType(ended, 'contract-amended')).toMatchObject([{ module: 'parser', version: 2 }]);
}
