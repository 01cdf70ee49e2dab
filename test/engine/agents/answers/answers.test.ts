import { describe, expect, it } from 'vitest';
import { moduleId } from '../../../../src/core/ids.ts';
import { blameAnswer } from '../../../../src/engine/agents/answers/blame-answer.ts';
import { findingsAnswer } from '../../../../src/engine/agents/answers/findings-answer.ts';
import { planAnswer } from '../../../../src/engine/agents/answers/plan-answer.ts';
import { preconditionAnswer } from '../../../../src/engine/agents/answers/precondition-answer.ts';
import { rulingAnswer } from '../../../../src/engine/agents/answers/ruling-answer.ts';
import { verdictAnswer } from '../../../../src/engine/agents/answers/verdict-answer.ts';
import { plainSchema } from '../../../../src/engine/agents/answers/answer.ts';
import { readingTools } from '../../../../src/engine/agents/tools/toolboxes.ts';
import { AgentFiles } from '../../../../src/engine/agents/tools/agent-files.ts';

const answers = [
  verdictAnswer(),
  blameAnswer([moduleId('lexer')]),
  rulingAnswer(['uphold']),
  findingsAnswer(),
  preconditionAnswer(true),
  planAnswer(true),
];

/** Every node of a schema that is an object with properties. */
function objectsIn(node: unknown): Record<string, unknown>[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(objectsIn);
  return 'properties' in node && 'type' in node ? [node, ...inner] : inner;
}

describe('the schema of an answer', () => {
  it.each(answers)(
    '$spec.name: asks for every field, takes no other, and bounds nothing',
    ({ spec }) => {
      const objects = objectsIn(spec.schema);
      expect(objects.length).toBeGreaterThan(0);
      for (const { properties, required, additionalProperties } of objects) {
        expect(additionalProperties).toBe(false);
        expect(required).toEqual(Object.keys(properties as object));
      }
      expect(JSON.stringify(spec.schema)).not.toMatch(
        /"(minLength|maxLength|maxItems|minimum|pattern|\$schema)"/,
      );
    },
  );

  it('keeps names of fields that are words of a schema', () => {
    const [list] = readingTools(new AgentFiles('/nowhere'));
    expect(Object.keys(plainSchema(list!.input).properties as object)).toEqual([
      'path',
      'depth',
      'glob',
    ]);
  });
});

describe('an answer', () => {
  const good = {
    verdict: 'PASS',
    summary: 'Fine.',
    evidence: [],
    falseClaims: [],
    testsWrong: null,
  };

  it.each([
    ['', 'it is not JSON'],
    ['{"verdict": "PASS"', 'it is not JSON'],
    ['[]', 'expected object'],
    [JSON.stringify({ ...good, summary: '' }), 'summary'],
    [JSON.stringify({ ...good, more: 1 }), 'more'],
    [JSON.stringify({ ...good, evidence: [{ says: 'x' }] }), 'evidence.0.file'],
    ['x'.repeat(500_000), 'it is not JSON'],
  ])('%#: is refused with what is wrong', (text, why) => {
    expect(verdictAnswer().read(text)).toMatchObject({
      ok: false,
      faults: expect.stringContaining(why),
    });
  });

  it('is found among words and in a fence', () => {
    const said = `I have looked.\n\`\`\`json\n${JSON.stringify(good)}\n\`\`\`\nThat is all.`;
    expect(verdictAnswer().read(said)).toMatchObject({ ok: true, outcome: { verdict: 'PASS' } });
  });

  it('is one of the rulings that are open', () => {
    const overturn = JSON.stringify({ decision: 'overturn', reason: 'It is so.' });
    expect(rulingAnswer(['uphold', 'amend']).read(overturn)).toMatchObject({
      ok: false,
      faults: 'decision: has to be one of uphold, amend here',
    });
    expect(rulingAnswer(['overturn']).read(overturn)).toMatchObject({
      ok: true,
      outcome: { kind: 'arbitrated', decision: 'overturn', reason: 'It is so.' },
    });
  });
});
