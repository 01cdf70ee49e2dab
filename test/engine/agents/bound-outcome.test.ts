import { describe, expect, it } from 'vitest';
import { zeroAmount } from '../../../src/core/budget.ts';
import { moduleId } from '../../../src/core/ids.ts';
import type { Evidence } from '../../../src/core/verdict.ts';
import { boundOutcome } from '../../../src/engine/agents/bound-outcome.ts';
import type { AgentOutcome } from '../../../src/engine/agents/outcome.ts';

const evidence = (over: Partial<Evidence>): Evidence => ({
  kind: 'review',
  check: null,
  test: null,
  file: null,
  line: null,
  says: 'because',
  ...over,
});

function reviewed(...given: Evidence[]): readonly Evidence[] {
  const outcome = boundOutcome({
    kind: 'reviewed',
    verdict: 'FAIL',
    summary: 's',
    evidence: given,
    testsWrong: null,
    spent: zeroAmount,
  });
  return outcome.kind === 'reviewed' ? outcome.evidence : [];
}

describe("an agent's outcome", () => {
  it('speaks as a reviewer only, whatever kind of evidence it claims', () => {
    expect(reviewed(evidence({ kind: 'test' }))[0]?.kind).toBe('review');
  });

  it.each(['/etc/passwd', '../outside.js', 'a\\b.js', 'C:/a.js', ''])(
    'points at no file outside the root: %j',
    (file) => {
      expect(reviewed(evidence({ file }))[0]?.file).toBeNull();
    },
  );

  it('points at a file and line inside the root', () => {
    const [kept] = reviewed(evidence({ file: 'src/lexer/index.js', line: 12 }));
    expect(kept).toMatchObject({ file: 'src/lexer/index.js', line: 12 });
  });

  it.each([0, -1, 1.5, NaN])('has no line %d', (line) => {
    expect(reviewed(evidence({ file: 'a.js', line }))[0]?.line).toBeNull();
  });

  it('gives a bounded number of reasons', () => {
    expect(reviewed(...Array.from({ length: 1_000 }, () => evidence({})))).toHaveLength(50);
  });

  it.each<AgentOutcome>([
    { kind: 'submitted', summary: 'x'.repeat(9_000), findings: [], spent: zeroAmount },
    {
      kind: 'blamed',
      module: moduleId('a'),
      summary: 'x'.repeat(9_000),
      evidence: [],
      spent: zeroAmount,
    },
    {
      kind: 'contract-written',
      summary: 'x'.repeat(9_000),
      reason: 'x'.repeat(9_000),
      spent: zeroAmount,
    },
    { kind: 'refused', reason: 'x'.repeat(9_000), spent: zeroAmount },
    {
      kind: 'failed',
      code: 'agent-crashed',
      message: 'x'.repeat(9_000),
      retry: { kind: 'terminal' },
      spent: zeroAmount,
    },
  ])('$kind holds no text of more than a page', (outcome) => {
    const texts = Object.values(boundOutcome(outcome)).filter((value) => typeof value === 'string');
    expect(Math.max(...texts.map(({ length }) => length))).toBe(4_000);
  });
});
