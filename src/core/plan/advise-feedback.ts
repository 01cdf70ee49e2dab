import { matchesAny, patternPrefix } from '../paths.ts';
import { nodeRef, parseNodeRef, type ModuleId, type NodeRef } from '../ids.ts';
import { phrase } from '../phrase.ts';
import { planEdit, type EditStep } from './edit.ts';
import { issue, type Issue } from './issue.ts';
import type { PlanPlaces } from './normalise.ts';
import { needPath, planGraphWithSoft, reachable } from './plan-graph.ts';
import type { ModulePlan, Plan } from './plan.ts';

const maxAdvice = 5;
/** Pairs whose order is looked into; each costs a walk over the plan. */
const maxPairs = 40;
/** Paths of one text that are held against what modules own. */
const maxPathsOfText = 50;
const maxOwnersOfFolder = 20;
const maxTextLength = 20_000;

/** Time is not what feedback is about: neither side waits, with it or without. */
const savesNothing = { parallelMinutes: 0, criticalMinutes: 0 };

/** Two modules that each softly need the other: what they want may be each other's findings. */
export function mutualNeeds(plan: Plan, places: PlanPlaces): Issue[] {
  const softNeeds = new Map(
    plan.modules.map(({ id, needs }) => [
      id,
      new Map(needs.flatMap(({ kind, on }, at) => (kind === 'soft' ? [[on, at] as const] : []))),
    ]),
  );
  const found: Issue[] = [];
  const told = new Set<ModuleId>();
  for (const [id, needs] of softNeeds) {
    told.add(id);
    for (const [on, at] of needs) {
      const other = otherModule(on);
      const back = other === null ? undefined : softNeeds.get(other)?.get(nodeRef('module', id));
      if (other === null || back === undefined || told.has(other)) continue;
      if (found.length === maxAdvice) return found;
      found.push(mutualNeed(id, other, at, back, places));
    }
  }
  return found;
}

function mutualNeed(a: ModuleId, b: ModuleId, at: number, back: number, places: PlanPlaces): Issue {
  const path = needPath(a, at, places);
  // A soft need is always written as a mapping.
  const steps: EditStep[] = [
    { op: 'set', path: [...path.slice(0, -1), 'kind'], value: 'feedback' },
    { op: 'remove', path: needPath(b, back, places).slice(0, -1) },
  ];
  const message = phrase(
    '{0} and {1} each need the other softly, so neither is sealed before both have passed',
    ...[a, b],
  );
  const fix = phrase(
    'Where they only learn from each other, write "kind: feedback" at one of them and nothing at the other.',
  );
  const title = phrase('Exchange findings of {0} and {1} as feedback', a, b);
  return issue('mutual-reference', path, message, fix, [planEdit(title, steps)], savesNothing);
}

/**
 * Pairs of modules whose texts speak of each other, and between which the plan says nothing. `known`
 * are texts that were looked at before; what they show is not told again.
 */
export function mutualMentions(
  plan: Plan,
  texts: ReadonlyMap<ModuleId, string>,
  known: ReadonlyMap<ModuleId, string> | null,
): Issue[] {
  const before = known === null ? new Set<string>() : new Set(pairsOf(plan, known).map(pairName));
  const related = relations(plan);
  const graph = planGraphWithSoft(plan);
  const found: Issue[] = [];
  const pairs = pairsOf(plan, texts).filter(
    (pair) => !before.has(pairName(pair)) && !related.has(pairName(pair)),
  );
  for (const [a, b] of pairs.slice(0, maxPairs)) {
    if (found.length === maxAdvice) break;
    const [one, two] = [nodeRef('module', a.id), nodeRef('module', b.id)];
    // What waits for the other's seal has nothing to tell it any more; a soft need tells it already.
    if (reachable(graph, [one]).has(two) || reachable(graph, [two]).has(one)) continue;
    found.push(mention(a, b));
  }
  return found;
}

type Pair = readonly [ModulePlan, ModulePlan];

const pairName = ([a, b]: Pair): string => nameOfPair(a.id, b.id);
const nameOfPair = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Each pair once, in the order of the plan. */
function pairsOf(plan: Plan, texts: ReadonlyMap<ModuleId, string>): Pair[] {
  const byName = new Map<string, ModulePlan>(plan.modules.map((module) => [module.id, module]));
  const owners = ownersByFolder(plan);
  const mentions = new Map<ModulePlan, ReadonlySet<ModulePlan>>();
  for (const module of plan.modules) {
    const text = (texts.get(module.id) ?? '').slice(0, maxTextLength);
    mentions.set(module, mentioned(text, byName, owners));
  }
  const order = new Map(plan.modules.map((module, at) => [module, at]));
  return plan.modules.flatMap((module, at) =>
    [...(mentions.get(module) ?? [])].flatMap((other): Pair[] => {
      const isLater = (order.get(other) ?? 0) > at;
      return isLater && mentions.get(other)?.has(module) === true ? [[module, other]] : [];
    }),
  );
}

/** Modules by the literal folder or file that what they own begins with. */
type Owners = ReadonlyMap<string, readonly ModulePlan[]>;

function ownersByFolder({ modules }: Plan): Owners {
  const owners = new Map<string, ModulePlan[]>();
  for (const module of modules) {
    for (const pattern of module.owns) {
      const folder = pattern.includes('*') ? patternPrefix(pattern) : pattern;
      const others = owners.get(folder) ?? [];
      if (others.length < maxOwnersOfFolder) others.push(module);
      owners.set(folder, others);
    }
  }
  return owners;
}

/** Who owns a file or folder, or something right inside it. */
function ownersOf(path: string, owners: Owners): ModulePlan[] {
  const segments = path.split('/');
  return segments.flatMap((_, at) => {
    const folder = segments.slice(0, at + 1).join('/');
    const isAll = at === segments.length - 1;
    return (owners.get(folder) ?? []).filter(({ owns }) => isAll || matchesAny(owns, path));
  });
}

/** The modules that a text names, or whose files it names. */
function mentioned(
  text: string,
  byName: ReadonlyMap<string, ModulePlan>,
  owners: Owners,
): ReadonlySet<ModulePlan> {
  const found = new Set<ModulePlan>();
  let paths = 0;
  for (const [word] of text.matchAll(/[A-Za-z0-9_./-]+/g)) {
    const named = byName.get(word.replace(/^[^a-z]+|[^a-z0-9]+$/g, ''));
    if (named !== undefined && !word.includes('/')) found.add(named);
    if (!word.includes('/') || paths === maxPathsOfText) continue;
    paths += 1;
    const path = word.replace(/^(\.?\/)+/, '').replace(/[./-]+$/, '');
    for (const owner of ownersOf(path, owners)) found.add(owner);
  }
  return found;
}

/** Pairs between which some dependency is said, of whatever kind. */
function relations(plan: Plan): ReadonlySet<string> {
  return new Set(
    plan.modules.flatMap(({ id, needs }) =>
      needs.flatMap(({ on }) => {
        const other = otherModule(on);
        return other === null ? [] : [nameOfPair(id, other)];
      }),
    ),
  );
}

function otherModule(on: NodeRef): ModuleId | null {
  const { kind, id } = parseNodeRef(on);
  return kind === 'module' ? (id as ModuleId) : null;
}

function mention(a: ModulePlan, b: ModulePlan): Issue {
  const steps: EditStep[] = [
    {
      op: 'add',
      path: ['modules', a.id, 'needs'],
      value: { module: b.id, kind: 'feedback' },
    },
  ];
  const message = phrase(
    '{0} and {1} speak of each other, and the plan says of no dependency between them',
    ...[a.id, b.id],
  );
  const fix = phrase(
    'Where they learn from each other, add "{ module: {0}, kind: feedback }" to "needs" of {1}.',
    ...[b.id, a.id],
  );
  const title = phrase('Exchange findings of {0} and {1} as feedback', a.id, b.id);
  return issue(
    'mutual-reference',
    ['modules', a.id],
    message,
    fix,
    [planEdit(title, steps)],
    savesNothing,
  );
}
