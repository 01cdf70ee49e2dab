import * as z from 'zod';
import { modelNameForm } from './model-name.ts';
import { count } from './schema-fields.ts';

/** As a provider calls a model. */
export const modelName = z
  .string()
  .regex(modelNameForm, 'must be a model’s id, such as claude-sonnet-5-5');

const price = (description: string) =>
  z.number().min(0).max(1_000_000).describe(`${description}, in US dollars a million tokens`);

export const models = z
  .record(
    modelName,
    z.strictObject({
      context: count('Tokens that a request and its answer may hold together', 1e9)
        .optional()
        .meta({ defaultText: 'as in the list of models, else 200_000' }),
      output: count('Tokens that an answer may have', 1e9)
        .optional()
        .meta({ defaultText: 'as in the list of models, else 32_000' }),
      usd: z
        .strictObject({
          input: price('What is read for the first time'),
          output: price('What is answered'),
          cacheRead: price('What is read from the cache')
            .optional()
            .meta({ defaultText: 'as `input`' }),
          cacheWrite: price('What is read and kept in the cache')
            .optional()
            .meta({ defaultText: 'a quarter more than `input`' }),
        })
        .optional()
        .meta({ defaultText: 'the list price; unknown where the model is not in the list' })
        .describe('What it costs: before the list price, which is of a certain day'),
    }),
  )
  .default({})
  .describe(
    'What is to be known of models that the list of models does not hold, or that cost something else, by the model’s id. A budget in money bounds only what has a price',
  );
