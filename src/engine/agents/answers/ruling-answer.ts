import * as z from 'zod';
import { isRuling, type Ruling } from '../../../core/conflict.ts';
import { answerOf, type Answer } from './answer.ts';
import { said } from './evidence.ts';

const shape = z.strictObject({
  decision: z.enum(['uphold', 'overturn', 'amend']),
  reason: said.describe('Why, with what in the contract and the files decides it'),
});

/** An arbiter's word on a dispute: one of what may be said of it. */
export const rulingAnswer = (rulings: readonly Ruling[]): Answer =>
  answerOf('ruling', shape, ({ decision, reason }) => {
    if (!isRuling(decision) || !rulings.includes(decision)) {
      return `decision: has to be one of ${rulings.join(', ')} here`;
    }
    return { kind: 'arbitrated', decision, reason };
  });
