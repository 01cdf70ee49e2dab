import * as z from 'zod';
import type { Evidence, Verdict } from '../../../core/verdict.ts';
import { answerOf, type Answer } from './answer.ts';
import { evidenceShape, page, reviewEvidence, said } from './evidence.ts';

const falseClaim = z.strictObject({
  claim: said.describe("The builder's words"),
  why: said.describe('What is so instead, and where that can be seen'),
  file: z.string().max(4_096).nullable(),
});

const shape = z.strictObject({
  verdict: z.enum(['PASS', 'NEEDS_REVISION', 'FAIL']),
  summary: page.describe('At most a page: what you looked at, and why you judge so'),
  evidence: z
    .array(evidenceShape)
    .max(50)
    .describe('What speaks against it; for a PASS usually empty'),
  falseClaims: z
    .array(falseClaim)
    .max(20)
    .describe("What the builder's summary claims and is not so; empty where all of it holds"),
  testsWrong: z
    .strictObject({ reason: said, tests: z.array(z.string().max(500)).max(50) })
    .nullable()
    .describe("Where the contract's tests contradict the contract; null where they do not"),
});

/** An evaluator's judgement. A false claim of the builder's is evidence, and never passes. */
export const verdictAnswer = (): Answer =>
  answerOf('verdict', shape, ({ verdict, summary, evidence, falseClaims, testsWrong }) => {
    const found: Evidence[] = [...falseClaims.map(asEvidence), ...evidence.map(reviewEvidence)];
    if (verdict !== 'PASS' && found.length === 0 && testsWrong === null) {
      return `evidence: a verdict of ${verdict} needs at least one entry that says what is wrong`;
    }
    const judged: Verdict =
      verdict === 'PASS' && falseClaims.length > 0 ? 'NEEDS_REVISION' : verdict;
    return { kind: 'reviewed', verdict: judged, summary, evidence: found, testsWrong };
  });

const asEvidence = ({ claim, why, file }: z.infer<typeof falseClaim>): Evidence => ({
  ...{ kind: 'review', check: null, test: null, file, line: null },
  says: `The summary claims: "${claim}". It is not so: ${why}`,
});
