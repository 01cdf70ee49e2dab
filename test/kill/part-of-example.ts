import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

const plan = join(import.meta.dirname, '../../examples/tiny-lang/tiny-lang.plan.yaml');

interface Plan {
  readonly modules: Readonly<Record<string, object>>;
  readonly tiers: { readonly frontend: { readonly modules: readonly string[] } };
}

/** A plan, and the modules that it has: a script for others is refused. */
export interface Part {
  readonly plan: string;
  readonly modules: readonly string[];
}

/**
 * A part of the example: the frontend and the machine, with the verdicts, the integration and the
 * amendment that they are written for, at less than half of the whole one's cost. `also` is built too.
 */
export function partOfExample(also: readonly string[] = []): Part {
  const { modules, tiers, ...rest } = parse(readFileSync(plan, 'utf8')) as Plan;
  const beside = ['vm', ...also];
  const wanted = [...tiers.frontend.modules, ...beside];
  const text = { run: 'node --test tests/frontend/text.test.js', report: 'node' };
  const part = stringify({
    ...rest,
    streams: undefined,
    modules: Object.fromEntries(
      wanted.map((name) => [name, { ...modules[name], stream: undefined }] as const),
    ),
    tiers: {
      frontend: tiers.frontend,
      all: { includes: ['frontend'], modules: beside, checks: { text } },
    },
    gates: {
      accept: { kind: 'end-to-end', requires: ['tier:all'], checks: { text } },
      ship: { kind: 'approval', requires: ['gate:accept'], approvers: 'person' },
    },
  });
  return { plan: part, modules: wanted };
}
