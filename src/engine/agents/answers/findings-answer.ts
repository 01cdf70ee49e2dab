import * as z from 'zod';
import { answerOf, type Answer } from './answer.ts';
import { page } from './evidence.ts';

const shape = z.strictObject({
  findings: page.describe(
    'At most a page: what you found, the most important first, with the files that show it',
  ),
});

/** What a scout brings back. */
export const findingsAnswer = (): Answer =>
  answerOf('findings', shape, ({ findings }) => ({ kind: 'researched', findings }));
