import { decide } from '../src/core/decide.ts';
import type { Effect } from '../src/core/effects.ts';
import { graphOf } from '../src/core/graph.ts';
import type { RunState } from '../src/core/state.ts';
import { loadPlan } from '../src/engine/plan/load.ts';
import type { Unstamped } from '../src/engine/run-loop.ts';
import { figure, type Part } from './figure.ts';
import { resultOf, startRun } from './no-op-run.ts';
import { planOf } from './plan.ts';
import { shapeOf } from './shapes.ts';
import { timed } from './timing.ts';

const modules = 2_000;
const checkTargetMs = 1_000;
const decisionTargetUs = 100;

/** What the size of a plan costs: reading and checking it, ranking it, and each decision of its run. */
export const large: Part = {
  name: 'large',
  measure: async ({ quick }) => {
    const samples = quick ? 3 : 7;
    const text = planText(modules);
    const { plan, diagnostics } = loadPlan(text, 'large.plan.yaml');
    if (plan === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    const check = await timed(samples, 1, () => loadPlan(text, 'large.plan.yaml'));
    const rank = await timed(samples, 1, () => graphOf(plan));
    let decisions = 0;
    const decide = await timed(samples, 1, () => (decisions = playedDecisions()));
    const found = new Set(diagnostics.map(({ code }) => code));
    return [
      figure(
        'check',
        check.coreMs,
        'ms',
        checkTargetMs,
        `${modules} modules; ${[...found].join(' ')}`,
      ),
      figure('graph and ranks', rank.coreMs, 'ms'),
      figure(
        'decision',
        (1_000 * decide.coreMs) / decisions,
        'µs',
        decisionTargetUs,
        `${decisions} decisions, their events folded`,
      ),
    ];
  },
};

/** A run of as many modules, decision by decision; how many it took. */
function playedDecisions(): number {
  let state: RunState | null = null;
  let decisions = 0;
  const queue: Exclude<Effect, { type: 'abort' }>[] = [];
  const apply = (command: Unstamped): void => {
    const decision = decide(state, { ...command, at: decisions });
    if (!decision.ok) throw new Error(decision.refusal.message);
    state = decision.state;
    decisions++;
    for (const effect of decision.effects) if (effect.type !== 'abort') queue.push(effect);
  };
  apply(startRun(planOf(shapeOf('layered', modules))));
  apply({ type: 'start-driver', driver: 1, host: 'bench', pid: 1 });
  // The queue grows while it is walked.
  for (const effect of queue) apply(resultOf(effect));
  return decisions;
}

/** A plan file of so many modules in layers, in tiers that fold them, with all that is asked for. */
function planText(count: number): string {
  const { needs } = shapeOf('layered', count);
  const perTier = 40;
  const lines = [
    'ashlar: 1',
    'artifact: { name: large, kind: library, purpose: Shows what size costs., success: all pass }',
    'preconditions: { modules: many, interfaces: tested from outside, workPerModule: half an hour }',
    'pools: { builders: { max: 8 }, reviewers: { max: 4 } }',
    'budget: { tokens: 900_000_000, minutes: 100000, usd: 9000 }',
    'modules:',
  ];
  needs.forEach((on, at) => {
    lines.push(
      `  m-${at}:`,
      `    purpose: Does part ${at} of the whole.`,
      `    owns: [src/m-${at}/**]`,
      `    contract: { file: contracts/m-${at}.md, tests: [tests/m-${at}/**], stub: stubs/m-${at}/** }`,
      `    checks: { unit: { run: node --test tests/m-${at}, report: node } }`,
      `    estimate: { minutes: ${10 + (at % 30)}, review: 2 }`,
      '    budget: { turns: 20, tokens: 200_000, minutes: 90, usd: 2 }',
      ...(on.length === 0 ? [] : [`    needs: [${on.map((need) => `m-${need}`).join(', ')}]`]),
    );
  });
  lines.push('tiers:');
  for (let tier = 0; tier * perTier < count; tier++) {
    const members = needs.map((_, at) => at).slice(tier * perTier, (tier + 1) * perTier);
    lines.push(`  t-${tier}: { modules: [${members.map((at) => `m-${at}`).join(', ')}] }`);
  }
  lines.push(
    'gates:',
    '  accept: { kind: end-to-end, requires: [stream:main], checks: { whole: node whole.mjs } }',
  );
  return `${lines.join('\n')}\n`;
}
