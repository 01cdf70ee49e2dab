import { designParts } from '../../src/engine/architect/design.ts';

const check = (name: string) => ({
  ...{ name: 'unit', run: `node --test tests/${name}/${name}.test.js`, report: 'node' },
});

const module = (id: string, over: object = {}) => ({
  ...{ id, kind: 'code', purpose: `Does what ${id} does.`, stream: 'core' },
  ...{ owns: [`src/${id}/**`], needs: [], contract: null, checks: [check(id)] },
  estimate: { minutes: 20, review: 1 },
  budget: { turns: 60, tokens: 200_000, minutes: 40 },
  ...over,
});

/** A plan as a model answers it; fit as it is. */
export const planDraftAnswer = (over: object = {}) => ({
  artifact: {
    ...{ name: 'Shapes', kind: 'library', purpose: 'Areas of shapes.' },
    ...{ sourceOfTruth: ['spec/shapes.md'], success: 'every area is right' },
  },
  preconditions: { modules: 'One each.', interfaces: 'Functions.', workPerModule: 'Hours each.' },
  environment: null,
  prerequisites: [{ name: 'node', kind: 'program', what: 'node', version: '>=20' }],
  ...{ builders: 3, reviewers: 2 },
  budget: { tokens: 2_000_000, minutes: 120, usd: 20 },
  resources: [{ name: 'port', units: 1, modules: ['circle'] }],
  streams: [{ id: 'core', title: 'Core' }],
  modules: [
    module('circle'),
    module('square', { needs: [{ on: 'circle', kind: 'soft' }] }),
    module('triangle', { kind: 'document' }),
  ],
  handoffs: [],
  tiers: [
    {
      ...{ id: 'all', includes: [], modules: ['circle', 'square', 'triangle'] },
      checks: [{ name: 'cross', run: 'node tests/all.js', report: 'exit', between: [] }],
    },
  ],
  gates: [
    {
      ...{ id: 'accept', kind: 'end-to-end', requires: ['tier:all'] },
      checks: [{ name: 'use', run: 'node tests/use.js', report: 'exit', between: ['circle'] }],
    },
    { id: 'ship', kind: 'approval', requires: ['gate:accept'], checks: [] },
  ],
  ...over,
});

/** A whole answer of an architect. */
export const planAnswerText = (over: object = {}, plan: object = {}): string =>
  JSON.stringify({
    proposal: {
      summary: 'Three shapes.',
      plan: planDraftAnswer(plan),
      design: Object.fromEntries(designParts.map((part) => [part, `About ${part}.`])),
      files: [{ path: 'spec/shapes.md', text: '# Shapes\n' }],
    },
    ...{ questions: null, unsuitable: null },
    ...over,
  });
