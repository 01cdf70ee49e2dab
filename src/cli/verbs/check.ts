import { listenForInterrupt } from '../interrupt.ts';
import type { Verb } from '../verb.ts';
import { preparePlan } from './prepare.ts';

export const check: Verb = async (context, given) => {
  using interrupt = listenForInterrupt(context.terminal);
  const prepared = await preparePlan(context, given, interrupt, (text) =>
    context.terminal.out(text),
  );
  if (!prepared.ok) return prepared.exit;
  const { plan, contracts } = prepared.prepared;
  for (const note of prepared.notes) context.terminal.out(`note: ${note}\n`);
  const tests = contracts.reduce((sum, { listed }) => sum + (listed?.length ?? 0), 0);
  context.terminal.out(
    `${plan.artifact.name}: fit; ${plan.modules.length} modules, ${tests} tests that decide, none of them vacuous\n`,
  );
  return 0;
};
