import * as z from 'zod';
import type { Evidence } from '../../../core/verdict.ts';

export const said = z.string().trim().min(1).max(4_000);
/** A page; what is a little over is cut where it is recorded. */
export const page = z.string().trim().min(1).max(20_000);

export const evidenceShape = z.strictObject({
  file: z.string().max(4_096).nullable().describe('From the root; null where it is about no file'),
  line: z.int().min(1).nullable(),
  check: z.string().max(200).nullable().describe('The check that it is about; null for none'),
  says: said.describe('What is so, short enough for a person to read'),
});

export const reviewEvidence = ({
  file,
  line,
  check,
  says,
}: z.infer<typeof evidenceShape>): Evidence => ({
  kind: 'review',
  check,
  test: null,
  file,
  line,
  says,
});
