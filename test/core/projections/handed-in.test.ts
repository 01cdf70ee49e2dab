import { describe, expect, it } from 'vitest';
import { gateId, moduleId } from '../../../src/core/ids.ts';
import {
  askedBefore,
  handedIn,
  sealedVersions,
  sidesOf,
} from '../../../src/core/projections/handed-in.ts';
import { given } from '../../support/scenario.ts';
import { digest, tree } from '../../support/scenario-beginning.ts';
import { composed, judged, listed, sealed, submits } from '../../support/scenario-moves.ts';
import { rejects, reopens } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';

const shipped = plan({
  modules: { lexer: {}, other: {} },
  gates: { ship: { requires: ['lexer'] } },
});
const lexer = moduleId('lexer');
const failedOnce = [submits('lexer'), judged('lexer', { unit: 'failed' })];

describe('what was handed in', () => {
  it('stands against the base at first, then against what came before it and the seal', () => {
    const run = given(
      shipped,
      ...failedOnce,
      ...sealed('lexer'),
      reopens('lexer', 'lexer-2'),
      listed('lexer'),
      submits('lexer'),
    );
    const [first, second, third, ...more] = handedIn(run.history, lexer);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ attempt: 1, version: 1, seal: null, previous: null });
    expect(sidesOf(first!)).toEqual(['base']);
    expect(second).toMatchObject({ attempt: 2, seal: null, previous: first!.tree });
    expect(sidesOf(second!)).toEqual(['previous', 'base']);
    // What was handed in last is the seal itself: it is offered once.
    expect(third).toMatchObject({ version: 2, seal: second!.tree, previous: second!.tree });
    expect(sidesOf(third!)).toEqual(['seal', 'base']);
    expect(handedIn(run.history, moduleId('other'))).toEqual([]);
  });
});

describe('the sealed versions of a module', () => {
  it('are all that ever were, the latest first', () => {
    const run = given(
      shipped,
      ...sealed('lexer'),
      reopens('lexer', 'lexer-2'),
      listed('lexer'),
      ...sealed('lexer'),
    );
    const versions = sealedVersions(run.history, lexer);
    expect(versions.map(({ version, attempt }) => [version, attempt])).toEqual([
      [2, 2],
      [1, 1],
    ]);
    expect(versions.at(-1)?.tree).toBe(tree('lexer-1'));
    expect(versions[0]?.seal).toBe(run.module('lexer').seal?.digest);
  });
});

describe('what a gate asked about before', () => {
  const ship = gateId('ship');
  it('is nothing at first, then the submission that another took the place of', () => {
    const run = given(shipped, ...sealed('lexer'), composed('ship', 'seals-1'));
    expect(askedBefore(run.history, ship, digest('seals-1'))).toBeNull();
    const again = given(
      shipped,
      ...sealed('lexer'),
      composed('ship', 'seals-1'),
      rejects('ship', 'seals-1'),
      reopens('lexer', 'lexer-2'),
      listed('lexer'),
      ...sealed('lexer'),
      composed('ship', 'seals-2'),
    );
    expect(askedBefore(again.history, ship, digest('seals-2'))).toBe(digest('seals-1'));
    expect(askedBefore(again.history, ship, digest('seals-9'))).toBeNull();
  });
});
