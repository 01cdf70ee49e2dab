import type { RunState } from '../../core/state.ts';
import type { Driver } from '../../protocol/board.ts';
import { contextKeys } from '../contributions.ts';
import { openGates } from '../actions/open-gates.ts';

type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];

/** As the plan in `examples/tiny-lang` has it. */
const exampleName = 'tiny-lang';

/** What a person can do with the current run, for menus and the palette. */
export function runContext(
  run: {
    readonly state: RunState | null;
    readonly driver: Driver;
    readonly foreign?: object | null;
  } | null,
  drafts: number,
): Record<ContextKey, boolean> {
  const state = run?.state ?? null;
  const at = state?.phase.at;
  const isOpen = state !== null && at !== 'finished' && at !== 'cancelling';
  const isCancelled =
    at === 'cancelling' || (state?.phase.at === 'finished' && state.phase.outcome === 'cancelled');
  const sealed = state === null ? [] : [...state.modules].map(({ seal }) => seal !== null);
  return {
    [contextKeys.hasRun]: run !== null,
    [contextKeys.runOpen]: isOpen,
    [contextKeys.runDriven]: isOpen && run?.driver !== 'nobody',
    [contextKeys.runForeign]: isOpen && (run?.foreign ?? null) !== null,
    [contextKeys.runPaused]: isOpen && state.pausedAt !== null,
    [contextKeys.waitsForApproval]: isOpen && openGates(state).length > 0,
    // A finished run goes on where a module of it is reopened.
    [contextKeys.canReopen]: !isCancelled && sealed.includes(true),
    [contextKeys.canAmend]: isOpen && sealed.includes(false),
    [contextKeys.hasDraft]: drafts > 0,
    [contextKeys.exampleStarted]: state?.plan.artifact.name === exampleName,
  };
}
