import * as z from 'zod';
import { isName, moduleId, type ModuleId } from '../../../core/ids.ts';
import { answerOf, type Answer } from './answer.ts';
import { evidenceShape, page, reviewEvidence } from './evidence.ts';

const shape = z.strictObject({
  blamed: z.string().max(60).describe('The module that has to change'),
  summary: page.describe('At most a page: which promise is not kept, and by whom'),
  evidence: z.array(evidenceShape).max(50),
});

/** An integrator's word on who has to change; of all modules where the task names none. */
export const blameAnswer = (between: readonly ModuleId[]): Answer =>
  answerOf('blame', shape, ({ blamed, summary, evidence }) => {
    const all = between.length === 0 && isName(blamed) ? [moduleId(blamed)] : between;
    const module = all.find((each) => each === blamed);
    if (module === undefined) return `blamed: has to be one of ${between.join(', ')}`;
    return { kind: 'blamed', module, summary, evidence: evidence.map(reviewEvidence) };
  });
