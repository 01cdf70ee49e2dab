import { dirname } from 'node:path';
import type { CheckedPlan, PreparedRun } from '../../engine/check-plan.ts';
import type { SandboxMode } from '../../engine/gates/sandbox.ts';
import type { Arguments } from '../arguments.ts';
import type { Interrupt } from '../interrupt.ts';
import { modelOptions } from '../model-options.ts';
import { progressLine } from '../progress/progress-line.ts';
import { refuse } from '../refuse.ts';
import type { VerbContext } from '../verb.ts';

export type Prepared =
  | { readonly ok: true; readonly prepared: PreparedRun; readonly notes: readonly string[] }
  | { readonly ok: false; readonly exit: number };

/** Holds the plan against the quality bar and prints what was found with `print`. */
export async function preparePlan(
  context: VerbContext,
  given: Arguments,
  interrupt: Interrupt,
  print: (text: string) => void,
): Promise<Prepared> {
  const { terminal, program } = context;
  const planFile = given.positional('plan') ?? '';
  const { formatDiagnostic, isRefused } = await import('../../engine/plan/diagnostic.ts');
  const checked = await held(context, given, planFile, interrupt);
  if (interrupt.code !== null || checked === null) {
    terminal.err('interrupted; nothing was started\n');
    return { ok: false, exit: interrupt.code ?? 2 };
  }
  if (!checked.ok) {
    return { ok: false, exit: refuse(terminal, checked.message) };
  }
  for (const diagnostic of checked.diagnostics) print(`${formatDiagnostic(diagnostic)}\n`);
  if (checked.prepared !== null && !isRefused(checked.diagnostics)) {
    return { ok: true, prepared: checked.prepared, notes: checked.notes };
  }
  const errors = checked.diagnostics.filter(({ severity }) => severity === 'error').length;
  terminal.err(`ashlar: the plan is refused: ${errors} ${errors === 1 ? 'error' : 'errors'}\n`);
  const folder = dirname(planFile);
  const missing = checked.diagnostics.some(({ code }) => code.endsWith('-missing'));
  if (missing && folder !== '.' && program === 'ashlar') {
    terminal.err(`  its paths begin at the current folder; perhaps: ashlar --cwd ${folder} …\n`);
  }
  return { ok: false, exit: 1 };
}

/** null: interrupted. What is aborted on the way ends with errors that nobody needs to see. */
export async function held(
  { terminal, engine, workspace, env }: VerbContext,
  given: Arguments,
  planFile: string,
  interrupt: Interrupt,
): Promise<CheckedPlan | null> {
  const progress = progressLine((text) => terminal.err(text), terminal.isTty);
  try {
    return await engine.checkPlan({
      workspace,
      planFile,
      base: given.option('base') === 'HEAD' ? 'HEAD' : 'work-tree',
      sandbox: (given.option('sandbox') ?? 'prefer') as SandboxMode,
      signal: interrupt.signal,
      service: modelOptions(given, env).service,
      onProgress: progress.show,
    });
  } catch (error) {
    if (interrupt.code === null) throw error;
    return null;
  } finally {
    progress.clear();
  }
}
