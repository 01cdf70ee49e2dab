import { lowerBound } from '../src/core/schedule/lower-bound.ts';
import { parallelSchedule } from '../src/core/schedule/parallel.ts';
import { scheduleBy, type Policy } from '../src/core/schedule/policies.ts';
import type { Problem } from '../src/core/schedule/problem.ts';
import { seeded } from '../src/core/schedule/random.ts';
import { searchSchedule } from '../src/core/schedule/search.ts';
import { urgency } from '../src/core/schedule/urgency.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { standardTaskGraphs, type KnownProblem } from './stg.ts';

const onePassTarget = 1;
const previewTarget = 0.5;
const robustTarget = 2;
const previewMs = 50;
/** The standard deviation of the logarithm of what an estimate is off by. */
const sigma = 0.5;

/** How far schedules are from the best that is known for published graphs, as a mean in percent. */
export const schedule: Part = {
  name: 'schedule',
  measure: ({ quick }) => {
    const problems = standardTaskGraphs(quick ? 10 : 1);
    if (problems === null) {
      process.stdout.write('  skipped: shared/data/stg50.json is not beside this repository\n');
      return Promise.resolve([]);
    }
    return Promise.resolve([...policyFigures(problems), ...previewFigures(problems)]);
  },
};

function policyFigures(problems: readonly KnownProblem[]): Figure[] {
  const by = (policy: Policy): number =>
    gap(problems, ({ problem }) => scheduleBy(policy, problem, stepsOf(problem)).makespan);
  const random = seeded(1);
  const draws = 5;
  const robust = gap(problems, ({ problem }) => {
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) {
      sum += parallelSchedule(problem, urgency(misjudged(problem, random))).makespan;
    }
    return sum / draws;
  });
  return [
    figure('one pass', by('ashlar'), '%', onePassTarget, `${problems.length} problems`),
    figure('estimates off by σ 0.5', robust, '%', robustTarget, `${draws} draws each`),
    figure('first come, first served', by('fifo'), '%'),
    figure('levels', by('levels'), '%'),
    figure('rounds', by('rounds'), '%'),
  ];
}

function previewFigures(problems: readonly KnownProblem[]): Figure[] {
  let tried = 0;
  let [ties, better] = [0, 0];
  let slowest = 0;
  const found = gap(problems, ({ problem, known }) => {
    const start = performance.now();
    const result = searchSchedule(problem, {
      seed: 1,
      bound: lowerBound(problem),
      mayGoOn: () => performance.now() - start < previewMs,
    });
    slowest = Math.max(slowest, performance.now() - start);
    tried += result.tried;
    if (result.schedule.makespan === known) ties++;
    if (result.schedule.makespan < known) better++;
    return result.schedule.makespan;
  });
  const equal = `as good as known on ${ties}, better on ${better} of ${problems.length}`;
  return [
    figure('preview', found, '%', previewTarget, equal),
    figure('preview, slowest', slowest, 'ms', null, `${Math.round(tried / problems.length)} tried`),
  ];
}

/** The mean of how much longer than the best known, in percent. */
function gap(
  problems: readonly KnownProblem[],
  makespan: (problem: KnownProblem) => number,
): number {
  const sum = problems.reduce((total, each) => total + makespan(each) / each.known - 1, 0);
  return (100 * sum) / problems.length;
}

const stepsOf = ({ demands }: Problem): boolean[] => demands.map((held) => held.length > 0);

/** The problem as someone who estimates badly sees it. */
function misjudged(problem: Problem, random: () => number): Problem {
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const durations = problem.durations.map((duration) => duration * Math.exp(sigma * normal()));
  return { ...problem, durations };
}
