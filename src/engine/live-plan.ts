import { codeInfo } from '../core/plan/codes.ts';
import { withHistory, type EarlierRun } from '../core/plan/history.ts';
import type { Plan } from '../core/plan/plan.ts';
import { estimatesFrom } from '../core/projections/estimate-words.ts';
import { heard } from '../core/language.ts';
import { earlierRuns } from './history.ts';
import { journalStamp } from './journal/journal-place.ts';
import { loadPlan } from './plan/load.ts';

/** A plan as far as it is written. */
export interface LivePlanText {
  /** null: its graph is not sound, and `troubles` say why. */
  readonly plan: Plan | null;
  /** Whose figures its estimates are, in words; '' where there is no plan. */
  readonly estimates: string;
  /** What keeps it from being drawn, the first ones; lines begin at 1. */
  readonly troubles: readonly { readonly line: number; readonly message: string }[];
  /** How many more there are. */
  readonly more: number;
}

/** Nobody reads more of them beside the text, where all are underlined. */
const mostTroubles = 3;

/**
 * Reads a plan again and again while it is typed, with estimates from what earlier runs took. Runs
 * nothing, and looks at none of the files that the plan names. What earlier runs took is read once
 * for each pair of agents: journals are long, and keys are quick.
 */
export class LivePlan {
  readonly #workspace: string;
  readonly #earlier = new Map<string, Promise<readonly EarlierRun[]>>();
  /** Folders of runs that could not be read, and what their journals were like then. */
  readonly #unread = new Map<string, string | null>();

  /** `workspace`: an absolute path. */
  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  async read(text: string, fileName: string): Promise<LivePlanText> {
    const { plan, diagnostics } = loadPlan(text, fileName, 'graph');
    const stopping = diagnostics.filter(({ code }) =>
      ['reading', 'graph'].includes(codeInfo(code).stops),
    );
    if (plan === null || stopping.length > 0) {
      return {
        ...{ plan: null, estimates: '', more: Math.max(0, stopping.length - mostTroubles) },
        troubles: stopping.slice(0, mostTroubles).map(({ line, message, words }) => ({
          ...{ line, message: heard(message, words?.message) },
        })),
      };
    }
    const known = withHistory(plan, await this.#runsOf(plan));
    return { plan: known, estimates: estimatesFrom(known), troubles: [], more: 0 };
  }

  /** Another run may be over by now. */
  forgetRuns(): void {
    this.#earlier.clear();
  }

  /** A run that could not be read is read again once its journal changes; all of them the next time. */
  async #read(plan: Plan, key: string): Promise<readonly EarlierRun[]> {
    const unread: (string | null)[] = [];
    const runs = await earlierRuns(this.#workspace, plan, null, (folder) => unread.push(folder));
    for (const folder of unread) {
      if (folder === null) this.#earlier.delete(key);
      else this.#unread.set(folder, await journalStamp(folder));
    }
    return runs;
  }

  async #runsOf(plan: Plan): Promise<readonly EarlierRun[]> {
    for (const [folder, stamp] of this.#unread) {
      if ((await journalStamp(folder)) === stamp) continue;
      this.#unread.delete(folder);
      this.#earlier.clear();
    }
    const { builders, reviewers } = plan.pools;
    const key = `${builders.agent} ${reviewers.agent}`;
    let runs = this.#earlier.get(key);
    if (runs === undefined) {
      runs = this.#read(plan, key);
      this.#earlier.set(key, runs);
    }
    return runs;
  }
}
