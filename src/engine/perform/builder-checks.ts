import { modulePlan } from '../../core/graph.ts';
import type { ModuleId, Order, TreeId } from '../../core/ids.ts';
import { moduleNode, moduleState } from '../../core/lookup.ts';
import type { CheckPlan, ModulePlan } from '../../core/plan/plan.ts';
import type { RunState } from '../../core/state.ts';
import type { CheckDesk, Checked, NotChecked } from '../agents/checked.ts';
import { evaluationOf } from '../composition.ts';
import { assemble } from '../store/assemble.ts';
import { readSubmission, type SubmissionRules } from '../store/submission.ts';
import { listingOfContract, testFilesOf } from './contract-text.ts';
import { isFolderFault } from './folder-fault.ts';
import { effectId, runChecks, toResult } from './run-checks.ts';
import { scopeProblems } from './scope-problems.ts';
import type { World } from './world.ts';

/** How often one attempt may have its checks run. */
const maxRuns = 40;

interface ChecksOf {
  readonly order: Order;
  readonly module: ModuleId;
  /** The builder's work folder, absolute. */
  readonly folder: string;
  readonly rules: SubmissionRules;
  /** When the attempt began. */
  readonly state: RunState;
}

/**
 * Runs a module's checks for its builder, just as the gate will: on what could be submitted now, with
 * the contract's tests, on the newest seals. What passes here and is submitted as it is need not be
 * run by the gate again.
 */
export class BuilderChecks implements CheckDesk {
  readonly #world: World;
  readonly #of: ChecksOf;
  #runs = 0;
  #running = false;

  constructor(world: World, of: ChecksOf) {
    this.#world = world;
    this.#of = of;
  }

  async check(signal: AbortSignal): Promise<Checked | NotChecked> {
    if (this.#running) return no('the checks are running already; wait for what they say');
    if (this.#runs >= maxRuns)
      return no(`the checks were run ${maxRuns} times; submit what you have`);
    this.#runs += 1;
    this.#running = true;
    try {
      return await this.#check(signal);
    } catch (error) {
      if (!isFolderFault(error) || signal.aborted) throw error;
      return no(`your folder cannot be read: ${error.message}`);
    } finally {
      this.#running = false;
    }
  }

  async #check(signal: AbortSignal): Promise<Checked> {
    const { order, module, folder, rules } = this.#of;
    const { store } = this.#world;
    const state = this.#world.handoffs.state ?? this.#of.state;
    const node = moduleNode(state, module);
    // The contract that this attempt was given: a newer one ends the attempt. The module may have had
    // another number then, for a split numbers all anew.
    const { contract } = moduleState(this.#of.state, module);
    const submission = await readSubmission(store, folder, rules);
    const tree: TreeId = await assemble(store, evaluationOf(state, node, submission.tree));
    const plan = modulePlan(state.plan, node);
    const [checks, notRun] = runnable(plan);
    const runs = await runChecks(
      this.#world,
      {
        tree,
        checks,
        resources: plan.resources,
        testFiles: await testFilesOf(store, contract.tree),
        expected: await listingOfContract(this.#world, contract),
        effect: effectId(this.#world, order),
      },
      signal,
    );
    const problems = scopeProblems(submission);
    return { ok: true, results: runs.map(toResult), notRun, problems, left: maxRuns - this.#runs };
  }
}

/** A builder holds its module's resources; what a check uses beyond them only the gate holds. */
function runnable({ checks, resources }: ModulePlan): [CheckPlan[], Checked['notRun']] {
  const held = new Map<string, number>();
  for (const { resource, amount } of resources) {
    held.set(resource, (held.get(resource) ?? 0) + amount);
  }
  const lacks = ({ resources: uses }: CheckPlan): string | undefined =>
    uses.find(({ resource, amount }) => amount > (held.get(resource) ?? 0))?.resource;
  const notRun = checks.flatMap((check) => {
    const lacking = lacks(check);
    return lacking === undefined
      ? []
      : [{ check: check.name, why: `it uses ${lacking}, which only its gate holds` }];
  });
  return [checks.filter((check) => lacks(check) === undefined), notRun];
}

const no = (message: string): NotChecked => ({ ok: false, message });
