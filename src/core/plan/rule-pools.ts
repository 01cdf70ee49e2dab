import { didYouMean } from './closest.ts';
import { issue, type Issue } from './issue.ts';
import { phrase, phrases } from '../phrase.ts';
import { poolKinds, type ModulePlan, type Plan, type PoolKind } from './plan.ts';

/** All that a plan can name. */
export const knownAgents = ['scripted', 'anthropic', 'claude-code', 'vscode-lm'];

/** There are agents, and enough of them to judge what the others build. */
export function poolIssues(plan: Plan): Issue[] {
  return [...poolKinds.flatMap((kind) => agentIssues(plan, kind)), ...balance(plan)];
}

function agentIssues(plan: Plan, kind: PoolKind): Issue[] {
  const { agent } = plan.pools[kind];
  const path = ['pools', kind, 'agent'];
  if (knownAgents.includes(agent)) return [];
  const fix = didYouMean(agent, knownAgents, phrase('Use one of {0}.', knownAgents.join(', ')));
  return [issue('unknown-agent', path, phrase('there is no agent provider "{0}"', agent), fix)];
}

/**
 * builders ≤ reviewers × mean build minutes ÷ mean review minutes, by the estimates. What several
 * reviewers judge takes the time of each; what is only softly needed is judged once more at its seal.
 */
function balance(plan: Plan): Issue[] {
  const { builders, reviewers } = plan.pools;
  const build = sum(plan.modules.map(({ estimate }) => estimate.minutes));
  const review = sum(plan.modules.map(reviewMinutes));
  if (builders.max * review <= reviewers.max * build) return [];
  const count = plan.modules.length;
  const message = phrases(
    reviewers.max,
    '{1} builders hand in more than {0} reviewer can judge: {2} minutes to build against {3} to review, on average',
    '{1} builders hand in more than {0} reviewers can judge: {2} minutes to build against {3} to review, on average',
    ...[builders.max, round(build / count), round(review / count)],
  );
  const enough = Math.ceil((builders.max * review) / build);
  const fewer = Math.floor((reviewers.max * build) / review);
  const fix =
    fewer >= 1
      ? phrase('Take at least {0} reviewers, or at most {1} builders.', enough, fewer)
      : phrase('Take at least {0} reviewers.', enough);
  return [issue('too-few-reviewers', ['pools', 'reviewers', 'max'], message, fix)];
}

const reviewMinutes = ({ estimate, reviewers, needs }: ModulePlan): number =>
  estimate.review * reviewers * (needs.some(({ kind }) => kind === 'soft') ? 2 : 1);

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

const round = (value: number): number => Math.round(value * 10) / 10;
