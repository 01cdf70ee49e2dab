import { describe, expect, it } from 'vitest';
import { completePlan, describePlan } from '../../../src/extension/plan/complete-plan.ts';

const files = ['contracts/lexer.md', 'contracts/parser.md', 'spec/language.md', 'README.md'];

/** What is suggested where `|` stands. */
function at(marked: string): string[] {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return completePlan(text, offset, files).items.map(({ label }) => label);
}

const head = `modules:
  lexer:
    stream: frontend
  parser:
    stream: backend
tiers:
  all: { modules: [lexer] }
gates:
  ship: { kind: approval, requires: [tier:all] }
`;

describe('given the beginning of a line, the keys of its mapping are suggested', () => {
  it('at the top, without those that are there', () => {
    const labels = at(`ashlar: 1\n|\nmodules:\n`);
    expect(labels).toContain('artifact');
    expect(labels).not.toContain('ashlar');
    expect(labels).not.toContain('modules');
  });

  it('inside a module, whatever stands below', () => {
    const labels = at('modules:\n  lexer:\n    purpose: x\n    |\n    owns: a\n  parser:\n');
    expect(labels).toContain('contract');
    expect(labels).not.toContain('purpose');
    expect(labels).not.toContain('owns');
  });

  it('inside braces', () => {
    expect(at('pools:\n  builders: { max: 2, | }')).toEqual([
      'agent',
      'model',
      'definition',
      'budget',
    ]);
  });

  it('inside an item of a list, after its dash', () => {
    const labels = at('modules:\n  a:\n    needs:\n      - module: b\n        |');
    expect(labels).toContain('kind');
    expect(labels).not.toContain('module');
  });

  it('while the file does not parse', () => {
    expect(at('artifact: { name: x\nmodules: }\nbudget:\n  |')).toContain('tokens');
  });
});

describe('given a value, what it can be is suggested', () => {
  it('words of the language', () => {
    expect(at('modules:\n  a:\n    kind: |')).toEqual(['code', 'document']);
    expect(at('gates:\n  a:\n    kind: |')).toEqual(['end-to-end', 'approval']);
    expect(at('modules:\n  a:\n    onExhausted: [reframe, |]')).toContain('escalate');
  });

  it('names of the plan, but not its own', () => {
    expect(at(head.replace('stream: backend', 'needs: [|]'))).toEqual([
      'lexer',
      'tier:all',
      'stream:frontend',
      'gate:ship',
    ]);
    expect(at(head.replace('stream: backend', 'stream: fr|'))).toContain('frontend');
    expect(at(head.replace('[lexer]', '[lexer, |]'))).toEqual(['lexer', 'parser']);
  });

  it('kinds of dependency, and the resources and modules that the plan names', () => {
    expect(at(head.replace('stream: backend', 'needs: [{ module: lexer, kind: | }]'))).toEqual([
      'hard',
      'soft',
      'resource',
      'feedback',
    ]);
    expect(at(head.replace('stream: backend', 'needs: [{ module: lexer, | }]'))).toEqual([
      'kind',
      'rounds',
    ]);
    const withResources = `resources: { database: 1, memory: 4 }\n${head}`;
    for (const field of ['resources: [|]', 'checks: { unit: { run: x, resources: [|] } }']) {
      expect(at(withResources.replace('stream: backend', field))).toEqual(['database', 'memory']);
    }
    expect(at(`${head}\nhandoffs: [{ from: | }]`)).toEqual(['lexer', 'parser']);
  });

  it('paths of the folder, step by step', () => {
    expect(at('modules:\n  a:\n    contract:\n      file: |')).toEqual([
      'README.md',
      'contracts/',
      'spec/',
    ]);
    expect(at('modules:\n  a:\n    contract:\n      file: contracts/p|')).toEqual([
      'contracts/parser.md',
    ]);
    expect(at('artifact:\n  sourceOfTruth:\n    - spec/|')).toEqual(['spec/language.md']);
  });

  it('after a colon without a space, with the space', () => {
    const { items } = completePlan('modules:\n  a:\n    kind:', 23, []);
    expect(items.map(({ insert }) => insert)).toEqual([' code', ' document']);
  });
});

it.each([
  ['a comment', 'artifact:\n  # na|'],
  ['a text over several lines', 'artifact:\n  purpose: >-\n    na|'],
  ['a quoted text', 'artifact:\n  name: "na|'],
])('given %s, nothing is suggested', (_, marked) => {
  expect(at(marked)).toEqual([]);
});

it('given a key, its meaning is told', () => {
  const text = 'modules:\n  a:\n    onExhausted: [reframe]\n';
  const described = describePlan(text, text.indexOf('Exhausted'));
  expect(described?.about).toContain('when the budget is used up');
  expect(text.slice(described?.from, described?.to)).toBe('onExhausted');
  expect(describePlan(text, text.indexOf('reframe') + 1)).toBeNull();
});
