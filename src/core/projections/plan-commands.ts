import type { Plan } from '../plan/plan.ts';
import { oneLine } from './safe-text.ts';

/** Every command line that a run of the plan would carry out, each once, in the order of the plan. */
export function planCommands(plan: Plan): string[] {
  const { environment, prerequisites, modules, tiers, gates } = plan;
  const checks = [
    ...modules.flatMap((module) => module.checks),
    ...tiers.flatMap((tier) => tier.checks),
    ...gates.flatMap((gate) => (gate.kind === 'end-to-end' ? gate.checks : [])),
  ];
  const commands = [
    ...prerequisites.flatMap((each) => {
      if ('run' in each) return [each.run];
      return 'mcp' in each ? [each.mcp] : [];
    }),
    ...(environment === null ? [] : [environment.setup]),
    ...checks.map(({ run }) => run),
  ];
  return [...new Set(commands.map((command) => oneLine(command, 400)))];
}
