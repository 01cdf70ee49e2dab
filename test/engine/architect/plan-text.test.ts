import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planText } from '../../../src/engine/architect/plan-text.ts';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { toData } from '../../../src/engine/plan/yaml-data.ts';
import { readYaml } from '../../../src/engine/plan/yaml-text.ts';

const dataOf = (text: string): unknown => toData(readYaml(text).root).value;

describe('the text of a plan', () => {
  it('means what the plan meant that it was made of', () => {
    const example = readFileSync('examples/tiny-lang/tiny-lang.plan.yaml', 'utf8');
    const written = planText(dataOf(example) as Record<string, unknown>, ['From an example.']);
    const [before, after] = [example, written].map((text) => loadPlan(text, 'p.plan.yaml'));
    expect(after?.plan).toEqual(before?.plan);
    expect(after?.diagnostics.map(({ code }) => code)).toEqual(
      before?.diagnostics.map(({ code }) => code),
    );
  });

  it('stands in the order in which people read it, with short things on one line', () => {
    const text = planText(
      {
        gates: {
          accept: { kind: 'end-to-end', requires: ['tier:all'], checks: { a: 'node a.js' } },
        },
        modules: {
          one: {
            budget: { turns: 60, tokens: 200000, minutes: 30 },
            owns: ['src/one/**'],
            needs: [{ module: 'two', kind: 'soft' }],
            purpose: 'Say one.',
          },
          two: { purpose: `Say two, ${'again and '.repeat(12)}again.` },
        },
        ashlar: 1,
        unheard: { of: 'this' },
      },
      ['Proposed for a goal\nthat ends here. # not a comment of its own'],
    );
    expect(text).toBe(`# Proposed for a goal that ends here. # not a comment of its own
ashlar: 1

# what is built side by side; planners write the contract, tests and stub of each that names none
modules:
  one:
    purpose: Say one.
    needs: [{ module: two, kind: soft }]
    owns: [src/one/**]
    budget: { turns: 60, tokens: 200_000, minutes: 30 }

  two:
    purpose: >-
      Say two, again and again and again and again and again and again and again and again and again
      and again and again and again and again.

gates:
  accept:
    kind: end-to-end
    requires: [tier:all]
    checks: { a: node a.js }

unheard: { of: this }
`);
  });

  it('is read back as it was, whatever it holds', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '',
        ' a ',
        'a: b',
        '- a',
        '# a',
        'yes',
        '1_000',
        '~',
        'null',
        'a\n\n b\n',
        '\ta',
        '>-',
        '|',
        "it's",
        '"',
        '*a',
        '&a',
        '!t',
        '{',
        ']',
        '%',
        '@',
        '`',
        'a #b',
        'é',
        '\u2028',
        'x'.repeat(300),
        ' '.repeat(120),
        ` ${'word '.repeat(30)}`,
        'a\r\nb',
        'a\n\u0007b',
        `${'word '.repeat(60)}end`,
      ),
    );
    const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    const plan = fc.record({
      ashlar: fc.constant(1),
      artifact: tree,
      modules: fc.dictionary(key, fc.record({ purpose: text, checks: tree }), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
      gates: tree,
    });
    fc.assert(
      fc.property(plan, text, (data, goal) => {
        const written = planText(data, [goal]);
        expect(dataOf(written)).toEqual(data);
      }),
      { numRuns: 300 },
    );
  });
});
