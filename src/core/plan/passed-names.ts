import type { Plan } from './plan.ts';

/** All variables of the environment that a plan passes to anything: their values are never recorded. */
export function passedNames(plan: Plan): readonly string[] {
  const { modules, tiers, gates, prerequisites } = plan;
  const checks = [...modules, ...tiers, ...gates].flatMap((each) =>
    'checks' in each ? each.checks : [],
  );
  const passed = prerequisites.flatMap((each) => ('mcp' in each ? each.pass : []));
  return [...new Set([...checks.flatMap(({ sandbox }) => sandbox.env), ...passed])];
}
