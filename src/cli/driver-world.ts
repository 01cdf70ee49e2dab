import { zeroAmount } from '../core/budget.ts';
import type { RunId } from '../core/ids.ts';
import { isHeld } from '../core/person-rules.ts';
import { awaitsPerson } from '../core/state.ts';
import type { PlannedGoal } from '../engine/architect/planned-goal.ts';
import { noPlanningCosts } from '../engine/architect/planning-costs.ts';
import type { SandboxMode } from '../engine/gates/sandbox.ts';
import { isRefused } from '../engine/plan/diagnostic.ts';
import type { SessionOptions } from '../engine/run-session.ts';
import { pausedByPerson } from '../engine/tools/run-tools.ts';
import type { Progress, Started, ToolWorld } from '../engine/tools/tool-world.ts';
import type { Arguments } from './arguments.ts';
import type { Opened, Session } from './engine.ts';
import { modelOptions } from './model-options.ts';
import type { VerbContext } from './verb.ts';

/** More at once would take each other's places, and whoever asks for them has lost count. */
const mostAtWork = 4;
/** With those that only wait for a person, who may let each of them go on. */
const mostOpen = 16;

/** As `ashlar plan` has them by default. */
const planning = { tokens: 2_000_000, turns: 400, microUsd: 10_000_000, ms: 30 * 60_000 } as const;

const plansAlready: PlannedGoal = {
  ...{ kind: 'failed', code: 'plans-already' },
  message: 'this process plans a goal already; wait until that is over',
  ...{ spent: zeroAmount, costs: noPlanningCosts, planning: null, notes: [] },
};

/** A workspace as tools of this process act on it; disposing of it stops the runs that it drives. */
export interface DriverWorld extends AsyncDisposable {
  /** `by`: in whose name decisions are recorded. */
  world(by: () => string): ToolWorld;
}

export function driverWorld(
  context: VerbContext,
  given: Arguments,
  note: (text: string) => void,
): DriverWorld {
  const { terminal, engine, workspace, env } = context;
  const driven = new Map<RunId, Session>();
  /** Those of them that whoever asked for them was told of. */
  const begun = new Set<Session>();
  const opening = new Set<Promise<Started>>();
  let planned: Promise<PlannedGoal> | null = null;
  const base = given.option('base') === 'HEAD' ? 'HEAD' : 'work-tree';
  const sandbox = (given.option('sandbox') ?? 'prefer') as SandboxMode;
  const agents = given.option('agents');
  const script = given.option('script');
  const speed = Number(given.option('speed') ?? 1);
  const models = modelOptions(given, env);
  let closing = false;

  const session: SessionOptions = {
    ...{ agents, script, models, speed },
    autoApprove: false,
    withoutInsights: given.flag('no-insights'),
    // It waits for a person as long as the other side is there.
    stayOpen: true,
    observe: () => undefined,
    onNote: note,
  };

  const check = (planFile: string, { says, signal }: Progress) =>
    engine.checkPlan({
      ...{ workspace, planFile, base, sandbox, signal, onProgress: says },
      service: models.service,
    });

  /** Keeps what was opened, where somebody still wants it and `goOn` finds no reason against it. */
  async function drive(
    opened: Opened,
    notes: readonly string[],
    signal: AbortSignal,
    goOn: (its: Session) => Promise<string | null>,
  ): Promise<Started> {
    if (!opened.ok) return opened;
    const { session: its } = opened;
    driven.set(its.run, its);
    if (closing) its.stop();
    void its.finished
      .catch((error: unknown) => note(`run ${its.run} stopped: ${String(error)}`))
      .finally(() => {
        driven.delete(its.run);
        begun.delete(its);
      });
    await its.begun;
    const why = signal.aborted ? null : await goOn(its);
    if (signal.aborted) note(`run ${its.run} was stopped: whoever asked for it has given up`);
    else if (why === null) {
      if (driven.has(its.run)) begun.add(its);
      return { ok: true, run: its.run, notes };
    }
    its.stop();
    return { ok: false, message: why ?? 'it was cancelled' };
  }

  async function open(begin: () => Promise<Started>): Promise<Started> {
    const atWork = [...begun].filter(({ state }) => state.inFlight > 0).length;
    const full =
      atWork + opening.size >= mostAtWork
        ? `${mostAtWork} runs at work`
        : begun.size + opening.size >= mostOpen
          ? `${mostOpen} runs open`
          : null;
    if (full !== null || closing) {
      const has =
        full === null ? 'is ending' : `has ${full} already; wait until one of them is over`;
      return { ok: false, message: `this process ${has}` };
    }
    const started = begin();
    opening.add(started);
    return await started.finally(() => opening.delete(started));
  }

  async function planAlone(plan: () => Promise<PlannedGoal>): Promise<PlannedGoal> {
    if (closing || planned !== null) return plansAlready;
    planned = plan();
    return await planned.finally(() => (planned = null));
  }

  const world = (by: () => string): ToolWorld => ({
    workspace,
    now: () => terminal.now(),
    readRun: (run) => engine.readRun(workspace, run),
    readReport: (record) => engine.readReport(record),
    checkPlan: check,
    planGoal: ({ goal, name, answers }, { says, signal }) =>
      planAlone(() =>
        engine.planGoal({
          ...{ workspace, goal, name, answers, base, agents, script, models, speed, signal },
          ...{ force: false, mayAsk: true, person: null },
          budget: { ...zeroAmount, ...planning },
          onProgress: (progress) => says(progress.says),
        }),
      ),
    startRun: (planFile, way, progress) =>
      open(async () => {
        const checked = await check(planFile, progress);
        if (!checked.ok) return checked;
        const { prepared, diagnostics, notes } = checked;
        if (prepared === null || isRefused(diagnostics)) {
          return { ok: false, message: 'the plan is refused; `check_plan` tells why' };
        }
        // Whoever asked for it may have given up as it was found fit.
        progress.signal.throwIfAborted();
        const opened = await engine.startRun({ ...prepared, way }, session);
        return await drive(opened, notes, progress.signal, async () => null);
      }),
    resumeRun: (run, { signal }) =>
      open(async () => {
        signal.throwIfAborted();
        const opened = await engine.resumeRun(workspace, run, session);
        return await drive(opened, [], signal, (its) => endWait(its, by()));
      }),
    preparePullRequest: (run, wishes) => engine.preparePullRequest(workspace, run, wishes),
    send: (run, request) => engine.sendCommand(workspace, run, request, by()),
  });

  return {
    world,
    async [Symbol.asyncDispose]() {
      closing = true;
      for (const its of driven.values()) its.stop();
      await Promise.allSettled([...opening, planned]);
      for (const its of driven.values()) its.stop();
      await Promise.allSettled([...driven.values()].map(({ finished }) => finished));
    },
  };
}

/** Ends what a run that was taken up waits for; null, or why it does not go on. */
async function endWait(its: Session, by: string): Promise<string | null> {
  const { state } = its;
  // Who took it up did not see that pause.
  if (state.pausedAt !== null) return pausedByPerson(its.run);
  if (!awaitsPerson(state.phase)) return null;
  const refusal = await its.ask({ type: 'resume-run', by });
  return refusal === null || !isHeld(its.state) ? null : refusal.message;
}
