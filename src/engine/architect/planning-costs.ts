import { figuresOf, type UsageAccount } from '../../core/projections/usage-account.ts';
import { addCosts, noCost, type Cost, type UsageLine } from '../../core/usage.ts';
import type { AgentTask } from '../agents/task.ts';

/** What models cost while a goal was planned, in all, by role and by model. */
export type PlanningAccount = Pick<UsageAccount, 'total' | 'byRole' | 'byModel'>;

/** Adds up what the agents of one planning tell of their calls. */
export class PlanningCosts {
  readonly #agents = new Map<number, { readonly role: AgentTask['role']; readonly lines: Lines }>();

  /** What an agent tells takes the place of what it told before. */
  note(agent: number, role: AgentTask['role'], lines: Lines): void {
    this.#agents.set(agent, { role, lines });
  }

  /** Whether it is known of every call what it cost. */
  get arePriced(): boolean {
    return [...this.#agents.values()].every(({ lines }) =>
      lines.every(({ unpriced }) => unpriced === 0),
    );
  }

  get account(): PlanningAccount {
    let total = noCost;
    const roles = new Map<AgentTask['role'], Cost>();
    const models = new Map<string, { readonly line: UsageLine; readonly cost: Cost }>();
    for (const { role, lines } of this.#agents.values()) {
      for (const line of lines) {
        total = addCosts(total, line);
        roles.set(role, addCosts(roles.get(role) ?? noCost, line));
        const key = `${line.provider} ${line.model}`;
        models.set(key, { line, cost: addCosts(models.get(key)?.cost ?? noCost, line) });
      }
    }
    return {
      total: figuresOf(total),
      byRole: [...roles].map(([role, cost]) => ({ role, ...figuresOf(cost) })),
      byModel: [...models.values()].map(({ line: { provider, model }, cost }) => {
        return { provider, model, ...figuresOf(cost) };
      }),
    };
  }
}

type Lines = readonly UsageLine[];

export const noPlanningCosts: PlanningAccount = new PlanningCosts().account;
