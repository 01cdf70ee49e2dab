import * as z from 'zod';
import { handoffLimits } from '../../../core/handoff.ts';
import { isName } from '../../../core/ids.ts';
import { unsafePath } from '../../../core/paths.ts';
import { scriptLimits } from './limits.ts';

/** What a `turn.yaml` may say. The descriptions are the reference's text; a test holds the two together. */

/** YAML 1.2 reads `12_000` as text; plans may write it, so turns may too. */
const number = (schema: z.ZodNumber) =>
  z.preprocess(
    (value) =>
      typeof value === 'string' && /^\d+(_\d+)+$/.test(value)
        ? Number(value.replaceAll('_', ''))
        : value,
    schema,
  );
const count = number(z.int().min(0).max(1_000_000_000));
const seconds = number(z.number().min(0).max(scriptLimits.seconds));

const behaviours = ['submit', 'hang', 'crash', 'refuse', 'late', 'overspend'] as const;

/** The fields of every turn. */
export const common = {
  summary: z.string().min(1).describe('What the agent says it did; one page is kept of it.'),
  seconds: seconds.default(1).describe('How long the turn takes, on the clock of the run.'),
  tokens: z
    .strictObject({ in: count.default(0), out: count.default(0) })
    .default({ in: 0, out: 0 })
    .describe('Tokens that the turn uses, spread evenly over its calls.'),
  usd: number(z.number().min(0).max(10_000)).default(0).describe('Money that the turn costs.'),
  turns: number(z.int().min(1).max(scriptLimits.callsPerTurn))
    .default(1)
    .describe('Calls to a model, one after the other; each is asked for before it is made.'),
  progress: z
    .array(z.strictObject({ at: seconds, say: z.string().min(1) }))
    .max(scriptLimits.progressSteps)
    .default([])
    .describe('What is said on the way, each `at` so many seconds after the start.'),
  behaviour: z.enum(behaviours).default('submit').describe('How the turn ends; see below.'),
  lateSeconds: seconds
    .optional()
    .describe(
      'With `behaviour: late`: when the answer comes, from the start. Twice `seconds` if left out.',
    ),
};

function rootRelative(path: string, context: z.core.$RefinementCtx): void {
  const reason = unsafePath(path);
  if (reason !== null)
    context.addIssue({ code: 'custom', message: `${JSON.stringify(path)} ${reason}` });
}

const reason = z.strictObject({
  check: z.string().min(1).optional(),
  file: z.string().superRefine(rootRelative).optional(),
  line: number(z.int().min(1)).optional(),
  says: z.string().min(1),
});

const evidence = z
  .array(reason)
  .max(scriptLimits.evidence)
  .default([])
  .describe('Reasons: `says`, and where known `check`, `file` and `line`.');

const findings = z
  .array(
    z.strictObject({
      to: z.string().refine(isName, 'must be the name of a module'),
      items: z.array(z.string().min(1).max(500)).min(1).max(20),
    }),
  )
  .max(20)
  .default([])
  .describe('What it found that concerns the other side of a `feedback` dependency.');

const module = z.string().refine(isName, 'must be the name of a module');
const items = z
  .array(z.string().min(1).max(handoffLimits.itemChars))
  .min(1)
  .max(handoffLimits.items);

const handingOver = {
  handoffs: z
    .array(
      z.strictObject({
        at: seconds,
        to: module.optional(),
        items,
        partial: z.boolean().default(false),
        note: z.string().default(''),
        files: z.array(z.string().superRefine(rootRelative)).max(50).default([]),
      }),
    )
    .max(scriptLimits.handoffs)
    .default([])
    .describe(
      'What is given to other modules before the seal, each `at` so many seconds after the start: `items`, `to` a module (left out: to whoever asked), `partial` where more is to come, a `note`, and `files` out of `files/`, which are in the work folder from then on.',
    ),
  requests: z
    .array(z.strictObject({ at: seconds, from: module, items, wait: z.boolean().default(false) }))
    .max(scriptLimits.handoffs)
    .default([])
    .describe(
      'What is asked of other modules: `items` `from` a module, all in one. With `wait: true` the builder does nothing until they come or its `seconds` are over; else it goes on.',
    ),
};

const ofBuilders = z
  .enum([...behaviours, 'dispute'])
  .default('submit')
  .describe('How the turn ends; see below.');

export const builderTurnSchema = z
  .strictObject({ ...common, ...handingOver, findings, behaviour: ofBuilders })
  .superRefine(holdTogether)
  .superRefine((turn, context) => {
    for (const list of ['handoffs', 'requests'] as const) {
      turn[list].forEach(({ at }, index) => {
        if (at <= turn.seconds) return;
        const message = `is after the turn's end (${turn.seconds} s)`;
        context.addIssue({ code: 'custom', path: [list, index, 'at'], message });
      });
    }
  });

export const contractTurnSchema = z
  .strictObject({
    ...common,
    reason: z
      .string()
      .min(1)
      .optional()
      .describe('Why the contract changes. The summary if left out.'),
  })
  .superRefine(holdTogether);

export const reviewTurnSchema = z
  .strictObject({
    ...common,
    verdict: z
      .enum(['PASS', 'FAIL', 'NEEDS_REVISION'])
      .describe('The judgement. A failing check is a FAIL whatever it says.'),
    evidence,
    testsWrong: z
      .strictObject({
        reason: z.string().min(1),
        tests: z.array(z.string().min(1)).max(scriptLimits.evidence).default([]),
      })
      .optional()
      .describe(
        "Holds the contract's tests to be wrong: `reason`, and in `tests` the full names of those it is about. An arbiter decides.",
      ),
  })
  .superRefine(holdTogether);

export const arbiterTurnSchema = z
  .strictObject({
    ...common,
    summary: z.string().min(1).optional().describe('The reason if left out.'),
    decision: z
      .enum(['uphold', 'overturn', 'amend'])
      .describe(
        'What holds: `uphold` what is disputed, `overturn` it (only where every check passed), or `amend` the contract.',
      ),
    reason: z.string().min(1).describe('Why; the next builder reads it.'),
  })
  .superRefine(holdTogether);

export const integratorTurnSchema = z
  .strictObject({
    ...common,
    blames: z
      .string()
      .refine(isName, 'must be the name of a module')
      .describe('The module that is to be reopened.'),
    evidence,
  })
  .superRefine(holdTogether);

const part = z.strictObject({
  purpose: z.string().min(1),
  owns: z.array(z.string().min(1)).min(1),
  needs: z.array(z.string()).default([]),
  checks: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        run: z.string().min(1),
        report: z.enum(['node', 'tap', 'exit']).default('exit'),
      }),
    )
    .default([]),
  estimate: z
    .strictObject({ minutes: number(z.number().min(0)), review: number(z.number().min(0)) })
    .default({ minutes: 10, review: 1 }),
});

export const splitTurnSchema = z
  .strictObject({
    ...common,
    parts: z
      .record(z.string().refine(isName, 'must be the name of a module'), part)
      .describe(
        'The parts by name, each with `purpose` and `owns`, and, where they are wanted, `needs` (other parts), `checks` and `estimate`.',
      ),
  })
  .superRefine(holdTogether);

export type SplitTurnFile = z.output<typeof splitTurnSchema>;
export type BuilderTurnFile = z.output<typeof builderTurnSchema>;
export type ContractTurnFile = z.output<typeof contractTurnSchema>;
export type ReviewTurnFile = z.output<typeof reviewTurnSchema>;
export type ArbiterTurnFile = z.output<typeof arbiterTurnSchema>;
export type IntegratorTurnFile = z.output<typeof integratorTurnSchema>;

/** What every turn says; a builder's may end in a dispute too. */
export type AnyTurnFile = Omit<z.output<z.ZodObject<typeof common>>, 'behaviour'> & {
  readonly behaviour: z.output<typeof ofBuilders>;
};

/** What one field of a turn asks of another. */
export function holdTogether(
  turn: Omit<AnyTurnFile, 'summary'>,
  context: z.core.$RefinementCtx,
): void {
  const refuse = (path: (string | number)[], message: string): void => {
    context.addIssue({ code: 'custom', path, message });
  };
  turn.progress.forEach(({ at }, index) => {
    if (at > turn.seconds)
      refuse(['progress', index, 'at'], `is after the turn's end (${turn.seconds} s)`);
  });
  if (turn.lateSeconds === undefined) return;
  if (turn.behaviour !== 'late') refuse(['lateSeconds'], 'goes only with `behaviour: late`');
  else if (turn.lateSeconds < turn.seconds) refuse(['lateSeconds'], "is before the turn's end");
}
