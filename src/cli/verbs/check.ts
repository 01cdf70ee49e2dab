import { oneLine } from '../../core/projections/safe-text.ts';
import type { FixedPlan } from '../../engine/plan/fix-plan.ts';
import type { Arguments } from '../arguments.ts';
import { diagnosticJson } from '../diagnostic-json.ts';
import { asksFor } from '../../core/projections/prerequisite-words.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { refuse } from '../refuse.ts';
import type { Verb, VerbContext } from '../verb.ts';
import { held, preparePlan } from './prepare.ts';

const maxLineLength = 200;

export const check: Verb = async (context, given) => {
  const { terminal } = context;
  if (given.flag('fix')) {
    const planFile = given.positional('plan') ?? '';
    const fixed = await context.engine.fixPlan({ workspace: context.workspace, planFile });
    if (!fixed.ok) return refuse(terminal, fixed.message);
    // With --json nothing else is on stdout.
    const print = (line: string): void =>
      given.flag('json') ? terminal.err(line) : terminal.out(line);
    for (const line of linesOf(fixed)) print(`${line}\n`);
  }
  return given.flag('json') ? await checkJson(context, given) : await checkText(context, given);
};

async function checkText(context: VerbContext, given: Arguments): Promise<number> {
  using interrupt = listenForInterrupt(context.terminal);
  const prepared = await preparePlan(context, given, interrupt, (text) =>
    context.terminal.out(text),
  );
  if (!prepared.ok) return prepared.exit;
  const { plan, contracts } = prepared.prepared;
  for (const note of prepared.notes) context.terminal.out(`note: ${note}\n`);
  for (const prerequisite of plan.prerequisites) {
    const { name } = prerequisite;
    context.terminal.out(`checked when a run starts: ${name}, ${asksFor(prerequisite)}\n`);
  }
  const tests = contracts.reduce((sum, { listed }) => sum + (listed?.length ?? 0), 0);
  context.terminal.out(
    `${plan.artifact.name}: fit; ${plan.modules.length} modules, ${tests} tests that decide, none of them vacuous\n`,
  );
  return 0;
}

/** One object with all diagnostics, their edits and what those save. */
async function checkJson(context: VerbContext, given: Arguments): Promise<number> {
  const { terminal } = context;
  using interrupt = listenForInterrupt(terminal);
  const checked = await held(context, given, given.positional('plan') ?? '', interrupt);
  if (interrupt.code !== null || checked === null) {
    terminal.err('interrupted; nothing was started\n');
    return interrupt.code ?? 2;
  }
  if (!checked.ok) return refuse(terminal, checked.message);
  const { diagnostics, notes, prepared } = checked;
  const fit = prepared !== null && diagnostics.every(({ severity }) => severity !== 'error');
  const prerequisites = (prepared?.plan.prerequisites ?? []).map((each) => ({
    name: each.name,
    asks: asksFor(each),
  }));
  terminal.out(
    `${JSON.stringify({ fit, diagnostics: diagnostics.map(diagnosticJson), notes, prerequisites }, null, 2)}\n`,
  );
  return fit ? 0 : 1;
}

/** What was changed, as a diff without context. */
function linesOf({ made }: Extract<FixedPlan, { ok: true }>): string[] {
  if (made.length === 0) return ['nothing is advised that could be written into the plan'];
  return made.flatMap(({ title, hunks }) => [
    `wrote: ${oneLine(title, maxLineLength)}`,
    ...hunks.flatMap(({ line, removed, added }) => [
      `  @@ line ${line}`,
      ...removed.map((text) => `  - ${shown(text)}`),
      ...added.map((text) => `  + ${shown(text)}`),
    ]),
  ]);
}

/** With its indentation, and without what a terminal would obey. */
const shown = (line: string): string =>
  `${/^ */.exec(line)?.[0] ?? ''}${oneLine(line, maxLineLength)}`;
