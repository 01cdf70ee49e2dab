import * as z from 'zod';

/** The form of a name; `isName` in ids.ts also leaves out what Windows keeps for devices. */
const nameForm = /^[a-z][a-z0-9-]{0,39}$/;
const noControls = /^[^\u0000-\u0008\u000b-\u001f\u007f]*$/;
const underscored = /^[1-9][0-9]{0,2}(_[0-9]{3})+$/;

/**
 * A field that `check` refuses to miss, though the file can be read without it: so that one look
 * shows everything that is wrong, and a schedule can be previewed before the plan is complete.
 */
export function wanted<Schema extends z.ZodType>(schema: Schema): z.ZodOptional<Schema> {
  return schema.optional().meta({ ...schema.meta(), wanted: true });
}

export const text = (description: string) =>
  z
    .string()
    .min(1)
    .max(4000)
    .regex(noControls, 'may not hold control characters')
    .describe(description);

/** A short text that stands in a list or on a card. */
export const line = (description: string) =>
  z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'may not hold control characters')
    .describe(description);

export const key = z
  .string()
  .regex(nameForm, 'must be 1 to 40 of a-z, 0-9 and -, the first one a letter');

/** A name, alone or behind `tier:`, `stream:`, `gate:` or `module:`. */
export const reference = (description: string) => z.string().min(1).max(60).describe(description);

export const path = (description: string) => z.string().min(1).max(1024).describe(description);

/** One path or pattern, or a list of them. */
export const paths = (description: string) =>
  z
    .union([path('One path'), z.array(path('One path')).max(1000)])
    .describe(`${description}. One, or a list`);

/** YAML 1.2 reads `200_000` as text; people write it, and mean a number. */
export const count = (description: string, max: number) =>
  z
    .union([
      z.int().min(1).max(max),
      z.string().regex(underscored, 'must be a whole number such as 200_000'),
    ])
    .describe(description);

export const minutes = (description: string) =>
  z.number().gt(0).max(100_000).describe(`${description}, in minutes; fractions are allowed`);

/** Who holds them, and for how long, is the description's to say. */
export const resourceUses = (description: string) =>
  z
    .union([
      z.array(reference('A resource: one unit of it')).max(100),
      z.record(key, count('Units of it', 1_000_000)),
    ])
    .describe(`${description}. Names, or units by name`);

export const toCount = (value: number | string): number =>
  typeof value === 'number' ? value : Number(value.replaceAll('_', ''));

export const toList = (value: string | readonly string[] | undefined): readonly string[] =>
  typeof value === 'string' ? [value] : (value ?? []);
