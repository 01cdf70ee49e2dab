import { policies } from '../../core/schedule/policies.ts';
import { simulationText } from '../../core/projections/simulation-text.ts';
import type { Preview } from '../../engine/simulate-plan.ts';
import { refuse } from '../refuse.ts';
import type { Verb } from '../verb.ts';

export const simulate: Verb = async ({ terminal, engine, workspace }, given) => {
  const planFile = given.positional('plan') ?? '';
  const places = given.option('places');
  const builders = places === null ? null : Number(places);
  const previewed = await engine.previewPlan({ workspace, planFile, builders });
  if (!previewed.ok) return refuse(terminal, previewed.message);
  const { preview, diagnostics } = previewed;
  const { formatDiagnostic } = await import('../../engine/plan/diagnostic.ts');
  if (preview === null) {
    for (const each of diagnostics) terminal.err(`${formatDiagnostic(each)}\n`);
    terminal.err('ashlar: the plan cannot be scheduled\n');
    return 1;
  }
  if (given.flag('json')) terminal.out(`${JSON.stringify(previewJson(preview), rounded, 2)}\n`);
  else terminal.out(simulationText(preview.plan, preview.simulation));
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) {
    const found = errors === 1 ? '1 error' : `${errors} errors`;
    terminal.err(`note: \`ashlar check ${planFile}\` refuses this plan: ${found}\n`);
  }
  return 0;
};

function previewJson({ plan, simulation }: Preview) {
  const { places, minutes, search, lowerBound, criticalPath, schedule } = simulation;
  return {
    artifact: plan.artifact.name,
    places,
    minutes: Object.fromEntries(policies.map((policy) => [policy, minutes[policy]])),
    bestFound: search,
    lowerBound,
    estimates: plan.modules.map(({ id, estimate }) => ({ module: id, ...estimate })),
    criticalPath,
    schedule,
  };
}

/** Sums of fractions end in digits that mean nothing. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value;
