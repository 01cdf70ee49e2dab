import type { ModuleId } from '../ids.ts';
import type { RunState } from '../state.ts';
import type { Account } from './account-shape.ts';
import type { Accounted } from './account.ts';
import { caveats } from './compare-caveats.ts';
import type { ComparedPart, ComparedRun, ComparedWork, Comparison } from './compare-shape.ts';
import { conflictRows } from './conflicts.ts';
import { isWork } from './doing.ts';
import { moduleStatus } from './module-status.ts';
import { oneLine } from './safe-text.ts';
import { runElapsedMs, type Span } from './timeline.ts';

/** Sets two runs side by side, module by module, by name. */
export function compareRuns(a: Accounted, b: Accounted): Comparison {
  const parts = [partsOf(a), partsOf(b)] as const;
  const names = new Set([...parts[0].keys(), ...parts[1].keys()]);
  const modules = [...names].map((module) => {
    const both = [parts[0].get(module) ?? null, parts[1].get(module) ?? null] as const;
    return { module, parts: both };
  });
  const runs = [runOf(a, parts[0]), runOf(b, parts[1])] as const;
  const states = [a.replayed.state, b.replayed.state] as const;
  return { runs, modules, caveats: caveats(states, runs, modules) };
}

type Parts = ReadonlyMap<ModuleId, ComparedPart>;

function runOf({ account, replayed: { state } }: Accounted, parts: Parts): ComparedRun {
  const { run, artifact, way, outcome, time, spending, caughtByIntegration: found } = account;
  const { elapsedMs, activeMs, sequentialMs, speedup } = time;
  const { planners, builders, reviewers } = state.plan.pools;
  const all = [...parts.values()];
  const sum = (of: (part: ComparedPart) => number): number =>
    all.reduce((before, part) => before + of(part), 0);
  return {
    ...{ run, artifact: oneLine(artifact, 120), way, outcome, startedAt: state.startedAt },
    ...{ elapsedMs, activeMs, sequentialMs, speedup },
    ...{ sealed: state.sealed, modules: state.modules.length },
    places: { planners: planners.max, builders: builders.max, reviewers: reviewers.max },
    attempts: sum(({ attempts }) => attempts),
    refused: account.caughtByEvaluators.length,
    amendments: sum(({ amendments }) => amendments),
    reopenings: account.reopenings.length,
    conflicts: account.conflicts.length,
    defects: found.length,
    tokens: spending.total.tokens,
    microUsd: spending.total.microUsd,
    money: spending.money.total,
    found: found.map(({ gate, check, blamed, atMs, reason }) => ({
      ...{ gate, check: oneLine(check, 60), blamed, atMs, reason: oneLine(reason, 300) },
    })),
  };
}

function partsOf({ account, replayed: { state, timeline } }: Accounted): Parts {
  const nowMs = runElapsedMs(state, state.at);
  const works = worksOf(account, state);
  const parts = new Map<ModuleId, ComparedPart>();
  for (const [node, { id, attempt, seal }] of [...state.modules].entries()) {
    const its = works.get(id);
    if (its === undefined) continue;
    parts.set(id, {
      ...its,
      ...timesOf(timeline.lanes.get(node), nowMs),
      kind: moduleStatus(state, node).kind,
      attempts: attempt,
      seal:
        seal === null
          ? null
          : {
              ...{ digest: seal.digest, tree: seal.tree, version: seal.version },
              takenOver: seal.attempt === 0,
            },
    });
  }
  return parts;
}

/** What is told of modules one after the other, counted by module in one go. */
function worksOf(account: Account, state: RunState): ReadonlyMap<ModuleId, ComparedWork> {
  const works = new Map<ModuleId, { -readonly [Key in keyof ComparedWork]: ComparedWork[Key] }>();
  for (const { module, tokens, microUsd, money } of account.spending.byModule) {
    const none = { attempts: 0, refused: 0, amendments: 0, reopenings: 0, conflicts: 0 };
    works.set(module, { ...none, defects: 0, tokens, microUsd, money });
  }
  const count = (
    module: ModuleId,
    what: 'refused' | 'amendments' | 'reopenings' | 'conflicts' | 'defects',
  ): void => {
    const its = works.get(module);
    if (its !== undefined) its[what]++;
  };
  for (const { module } of account.caughtByEvaluators) count(module, 'refused');
  for (const { module, version } of account.amendments) {
    if (version > 1) count(module, 'amendments');
  }
  for (const { module } of account.reopenings) count(module, 'reopenings');
  for (const { blamed } of account.caughtByIntegration) count(blamed, 'defects');
  for (const { kind, module } of conflictRows(state)) {
    if (kind !== 'integration' && module !== null) count(module, 'conflicts');
  }
  return works;
}

function timesOf(
  lane: readonly Span[],
  nowMs: number,
): Pick<ComparedPart, 'workingMs' | 'waitingMs' | 'reviewMs'> {
  let [workingMs, waitingMs, reviewMs] = [0, 0, 0];
  for (const { doing, fromMs, to, ms } of lane) {
    const took = to === null ? Math.max(0, nowMs - fromMs) : ms;
    if (doing === 'judging') reviewMs += took;
    else if (isWork(doing)) workingMs += took;
    else if (doing !== 'done') waitingMs += took;
  }
  return { workingMs, waitingMs, reviewMs };
}
