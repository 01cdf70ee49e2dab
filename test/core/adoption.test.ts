import { describe, expect, it } from 'vitest';
import type { Adoptable } from '../../src/core/events/run-origin.ts';
import { moduleId, runId } from '../../src/core/ids.ts';
import { givenRun } from '../support/scenario.ts';
import { digest, tree } from '../support/scenario-beginning.ts';
import { judged, listed, sealed, submits } from '../support/scenario-moves.ts';
import { reopens } from '../support/scenario-people.ts';
import { plan } from '../support/scenario-plan.ts';

const chain = plan({
  modules: { lexer: {}, parser: { needs: ['lexer'] }, cli: { needs: ['parser'] } },
});

function offer(module: string, ...contracts: string[]): Adoptable {
  return {
    module: moduleId(module),
    from: runId('20251231-0000-0000'),
    seal: digest(`${module}-earlier`),
    tree: tree(`${module}-earlier`),
    amendments: contracts.map((contract) => ({
      contract: tree(contract),
      listing: digest(contract),
      tests: 2,
      reason: 'learned',
    })),
  };
}

describe('the seal of an earlier run', () => {
  it('stands in for generation, one after the other', () => {
    const run = givenRun({ plan: chain, adoptable: [offer('lexer'), offer('parser')] });
    run
      .then(
        'go-given',
        { type: 'seal-adopted', seal: digest('lexer-earlier') },
        'seal-adopted',
        'generation-started',
      )
      .leaves({ lexer: 'sealed', parser: 'sealed', cli: 'generating' });
  });

  it('brings the amendments that it was sealed for', () => {
    const run = givenRun({ plan: chain, adoptable: [offer('lexer', 'lexer-2', 'lexer-3')] });
    run.then(
      'go-given',
      { type: 'contract-amended', version: 2, source: 'earlier-run' },
      { type: 'contract-written', version: 2, tests: 2 },
      { type: 'contract-amended', version: 3 },
      { type: 'contract-written', version: 3 },
      { type: 'seal-adopted', version: 3 },
      'generation-started',
    );
    expect(run.module('lexer').contract.tree).toBe(tree('lexer-3'));
  });

  it('is adopted only on the seals that it was judged against', () => {
    const run = givenRun({ plan: chain, adoptable: [offer('parser')] });
    run
      .when(...sealed('lexer'))
      .then('verdict-given', 'module-sealed', { type: 'generation-started' })
      .leaves({ parser: 'generating' });
  });

  it('waits for what the earlier run had to build on', () => {
    givenRun({ plan: chain, adoptable: [offer('cli')] }).leaves({
      lexer: 'generating',
      cli: 'waiting',
    });
  });

  it('is not adopted again after its module was reopened', () => {
    const run = givenRun({ plan: chain, adoptable: [offer('lexer')] });
    run.when(reopens('lexer', 'lexer-2'), listed('lexer')).then('contract-written', {
      type: 'generation-started',
      module: moduleId('lexer'),
      attempt: 1,
    });
  });

  it('is judged again like any other when something below it changes', () => {
    const run = givenRun({ plan: chain, adoptable: [offer('lexer'), offer('parser')] });
    run
      .when(reopens('lexer', 'lexer-2'), listed('lexer'), submits('lexer'), judged('lexer'))
      .then('verdict-given', 'module-sealed', {
        type: 'evaluation-started',
        tree: tree('parser-earlier'),
        again: true,
      });
  });
});
