import { expect, test } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { barWords } from '../../../src/core/projections/forecast-words.ts';
import { forecast, type ForecastBar } from '../../../src/core/projections/forecast.ts';
import { plannedRun } from '../../../src/core/projections/planned-run.ts';
import { plannedCard } from '../../../src/core/projections/planned.ts';
import { shapeOf } from '../../../src/core/projections/card-shape.ts';
import { moduleStatus } from '../../../src/core/projections/module-status.ts';
import { predict } from '../../../src/core/plan/predict.ts';
import { loadPlan } from '../../../src/engine/plan/load.ts';
import { goodPlan } from '../../engine/plan/good-plan.ts';

const plan: Plan = loadPlan(goodPlan, 'p').plan!;
const barsOf = (of: Plan, builders: number | null = null): readonly ForecastBar[] =>
  forecast(of, builders).lanes.flatMap(({ rows }) => rows.flat());

test('a forecast is what a run would do by the estimates, beside what it is compared with', () => {
  const predicted = forecast(plan, null);
  expect(predicted.minutes).toBe(predict(plan).parallelMinutes);
  expect(predicted.lowerBound).toBeLessThanOrEqual(predicted.minutes);
  expect(predicted.sequential).toBeGreaterThan(predicted.minutes);
  expect(predicted.builders).toBe(plan.pools.builders.max);
});

test('each module stands once, in the lane of its stream, and no row holds two at once', () => {
  const { lanes } = forecast(plan, null);
  expect(
    barsOf(plan)
      .map(({ module }) => module)
      .sort(),
  ).toEqual(plan.modules.map(({ id }) => id).sort());
  for (const { stream, rows } of lanes) {
    for (const row of rows) {
      row.forEach((bar, at) => {
        expect(plan.modules.find(({ id }) => id === bar.module)?.stream).toBe(stream);
        expect(bar.start).toBeGreaterThanOrEqual(row[at - 1]?.end ?? 0);
      });
    }
  }
});

test('with one builder nothing is built beside anything else', () => {
  const builds = barsOf(plan, 1)
    .flatMap(({ stretches }) => stretches.filter(({ work }) => work === 'build'))
    .sort((a, b) => a.start - b.start);
  builds.forEach(({ start }, at) => expect(start).toBeGreaterThanOrEqual(builds[at - 1]?.end ?? 0));
  expect(forecast(plan, 1).minutes).toBeGreaterThan(forecast(plan, null).minutes);
});

test('a bar says what is done when, and that everything waits for it', () => {
  const bar: ForecastBar = {
    ...{ module: moduleId('lexer'), start: 0, end: 14.25, isCritical: true },
    stretches: [
      { work: 'build', start: 0, end: 12 },
      { work: 'review', start: 12, end: 14.25 },
    ],
  };
  expect(barWords(bar)).toBe(
    'lexer: built 0 to 12 min, judged 12 to 14.3 min; on the critical path',
  );
});

test('a plan that nobody has started is drawn as a run in which everything is planned', () => {
  const planned = plannedRun(plan);
  plan.modules.forEach(({ estimate }, node) => {
    const { modules } = planned.state;
    expect(shapeOf(modules.get(node), moduleStatus(planned.state, node), null)).toBe('planned');
    const minutes = estimate.minutes + estimate.review;
    expect(plannedCard(planned, node).word).toBe(`Planned · ${minutes} min`);
  });
});
