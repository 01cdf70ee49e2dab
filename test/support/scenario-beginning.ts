import type { Adoptable } from '../../src/core/events/run-origin.ts';
import { runId, type Digest, type TreeId } from '../../src/core/ids.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import type { Move } from './scenario.ts';

/** Stands for a tree: any short word. */
export const tree = (word: string): TreeId => `tree-${word}` as TreeId;
/** Stands for a digest: any short word. */
export const digest = (word: string): Digest => `digest-${word}` as Digest;

/** The first version of a module's contract. */
export const contractOf = (module: string): TreeId => tree(`${module}-contract-1`);

export interface Beginning {
  readonly plan: Plan;
  readonly adoptable?: readonly Adoptable[];
  /** Modules whose contract an earlier run's planner wrote. */
  readonly written?: readonly string[];
  /** Where it stops; else at the moment when work begins. */
  readonly until?: 'prerequisites';
}

const earlierRun = runId('20251231-0000-0000');

export function beginning({
  plan,
  adoptable = [],
  written = [],
  until,
}: Beginning): readonly Move[] {
  return [
    {
      type: 'start-run',
      run: runId('20260101-0000-0000'),
      plan,
      base: {
        tree: tree('base'),
        commit: 'base',
        head: null,
        branch: null,
        repository: 'none',
        prefix: '',
        dirty: false,
        dirtyPaths: [],
        dirtyCount: 0,
        changes: '',
        files: 0,
        bytes: 0,
        submodules: [],
        lfs: [],
      },
      sandbox: { mode: 'off', kind: 'none' },
      contracts: plan.modules
        .filter(({ id, contract }) => contract.author === 'plan' || written.includes(id))
        .map(({ id, contract }) => ({
          module: id,
          contract: contractOf(id),
          listing: digest(`${id}-tests-1`),
          tests: 3,
          ...(contract.author === 'plan' ? {} : { from: earlierRun }),
        })),
      adoptable,
    },
    { type: 'start-driver', driver: 1, host: 'here', pid: 1 },
    ...(until === 'prerequisites' ? [] : [checksPrerequisites()]),
  ];
}

export const checksPrerequisites =
  (failing: string | null = null): Move =>
  ({ plan, phase }) => ({
    type: 'record-prerequisites',
    order: phase.at === 'checking' ? phase.order : (0 as never),
    results: plan.prerequisites.map(({ name }) => ({
      name,
      passed: name !== failing,
      evidence: [],
    })),
  });
