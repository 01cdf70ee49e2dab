import { graphOf, kindOf, refOf, type Graph } from '../../core/graph.ts';
import type { ModuleId } from '../../core/ids.ts';
import { plural, t } from '../../core/language.ts';
import type { Dependency, ModulePlan, Plan } from '../../core/plan/plan.ts';
import { minutesText } from '../../core/projections/figures.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import { markdownLine } from '../../core/projections/safe-text.ts';
import { unreachable } from '../../core/unreachable.ts';
import { isUnsound } from '../../engine/plan/diagnostic.ts';
import { loadPlan } from '../../engine/plan/load.ts';
import { nameAt, planOutline, type NamedPlace } from './plan-outline.ts';

/** More than these nobody reads in a hover. */
const mostNames = 12;

/**
 * What a plan says of what is named at an offset, as Markdown in which its texts are no markup; null
 * where nothing is, and while the graph is not sound.
 */
export function describeName(
  text: string,
  offset: number,
): { readonly from: number; readonly to: number; readonly about: string } | null {
  const place = nameAt(planOutline(text), offset);
  if (place === null) return null;
  const { plan, diagnostics } = loadPlan(text, '', 'graph');
  if (plan === null || isUnsound(diagnostics)) return null;
  const lines = linesOf(plan, place).filter((line) => line !== '');
  if (lines.length === 0) return null;
  return { from: place.from, to: place.to, about: lines.join('\n\n') };
}

function linesOf(plan: Plan, { kind, name }: NamedPlace): string[] {
  switch (kind) {
    case 'module': {
      const node = plan.modules.findIndex(({ id }) => id === name);
      const module = plan.modules[node];
      return module === undefined ? [] : moduleLines(plan, graphOf(plan), module, node);
    }
    case 'tier': {
      const tier = plan.tiers.find(({ id }) => id === name);
      if (tier === undefined) return [];
      const { modules, includes, checks } = tier;
      return [
        t('**{0}**, a tier: {1}', name, names(modules)),
        includes.length === 0 ? '' : t('Includes {0}', names(includes)),
        plural(checks.length, '{0} check of all together', '{0} checks of all together'),
      ];
    }
    case 'gate': {
      const gate = plan.gates.find(({ id }) => id === name);
      if (gate === undefined) return [];
      const requires = names(gate.requires.map((ref) => nodeName(ref)));
      return gate.kind === 'approval'
        ? [t('**{0}**, a gate that a person decides', name), t('Waits for {0}', requires)]
        : [t('**{0}**, an end-to-end gate', name), t('Waits for {0}', requires)];
    }
    case 'stream': {
      const stream = plan.streams.find(({ id }) => id === name);
      if (stream === undefined) return [];
      const its = plan.modules.filter((each) => each.stream === name).map(({ id }) => id);
      return [t('**{0}**, a stream: {1}', markdownLine(stream.title, 80), names(its))];
    }
    case 'resource': {
      const resource = plan.resources.find(({ id }) => id === name);
      if (resource === undefined) return [];
      const users = plan.modules.filter(({ resources }) =>
        resources.some((use) => use.resource === name),
      );
      return [
        t('**{0}**, a resource: {1} at once', name, resource.capacity),
        users.length === 0 ? '' : t('Held by {0}', names(users.map(({ id }) => id))),
      ];
    }
    default:
      return unreachable(kind);
  }
}

function moduleLines(plan: Plan, graph: Graph, module: ModulePlan, node: number): string[] {
  const { id, purpose, contract, estimate, needs } = module;
  const [minutes, review] = [minutesText(estimate.minutes), minutesText(estimate.review)];
  const file = `\`${contract.file.replaceAll('`', '')}\``;
  // Its stream waits for it too, which nobody has to be told.
  const dependents = (graph.dependents[node] ?? [])
    .filter((each) => kindOf(graph, each) !== 'stream')
    .map((each) => nodeName(refOf(graph, each)));
  return [
    `**${id}**: ${markdownLine(purpose, 300)}`,
    contract.author === 'planner'
      ? t('Contract {0}, written by a planner first', file)
      : t('Contract {0}', file),
    needs.map((need) => `- ${needWords(need)}`).join('\n'),
    dependents.length === 0
      ? t('Nothing in the plan needs it')
      : t('Needed by {0}', names(dependents)),
    feedbackWords(plan, id),
    t('Estimated {0} min to build and {1} min to judge', minutes, review),
  ];
}

function needWords(need: Dependency): string {
  const on = nodeName(need.on);
  switch (need.kind) {
    case 'hard':
      return t('Needs {0} (hard): starts when that is sealed', on);
    case 'soft':
      return t('Needs {0} (soft): starts on its stub, and is confirmed at its seal', on);
    case 'feedback':
      return t('{0} (feedback): each takes what the other found into its next turn', on);
    default:
      return unreachable(need);
  }
}

/** A pair is written at one of its two sides, and holds for both. */
function feedbackWords({ modules }: Plan, id: ModuleId): string {
  const others = modules.filter(({ needs }) =>
    needs.some(({ kind, on }) => kind === 'feedback' && on === `module:${id}`),
  );
  if (others.length === 0) return '';
  return t('Exchanges findings with {0}', names(others.map((each) => each.id)));
}

function names(all: readonly string[]): string {
  if (all.length === 0) return t('nothing');
  const shown = all.slice(0, mostNames).join(', ');
  return all.length <= mostNames ? shown : t('{0} and {1} more', shown, all.length - mostNames);
}
