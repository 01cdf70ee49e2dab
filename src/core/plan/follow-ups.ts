import type { DiagnosticCode } from './codes.ts';
import type { Issue, IssuePath } from './issue.ts';
import { valueAt } from './readable-part.ts';

/** Found of the part of a plan that could be read: what may be so only because the rest could not is left out. */
export function withoutFollowUps(
  issues: readonly Issue[],
  damaged: readonly IssuePath[],
  data: unknown,
): readonly Issue[] {
  if (damaged.length === 0) return issues;
  const lost = new Set(
    damaged.flatMap((path) => (path.length === 2 ? [loosely(String(path[1]))] : [])),
  );
  const isSection = damaged.some(
    ([section, ...inner]) => inner.length === 0 && naming.has(section),
  );
  const shapes = damaged.some(isShape);
  return issues.filter((found) => {
    if (shapes && unsure.has(found.code)) return false;
    if (found.code === 'unknown-name' || found.code === 'ambiguous-name') {
      const said = valueAt(data, found.path);
      if (
        isSection ||
        (typeof said === 'string' && lost.has(loosely(said.split(':').at(-1) ?? '')))
      ) {
        return false;
      }
    }
    const about = placeOf(found);
    return !damaged.some((path) => isWithin(path, about) || isWithin(about, path));
  });
}

/** A name that has no form of names, as others refer to it who knew better. */
const loosely = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** What in a plan gives things their names. */
const naming = new Set<unknown>(['modules', 'tiers', 'gates', 'streams', 'resources']);

/** Whether what stands there changes what depends on what, or how long anything takes. */
const isShape = ([section, , field]: IssuePath): boolean =>
  section === 'modules'
    ? field !== 'purpose' && field !== 'budget' && field !== 'onExhausted'
    : section === 'pools' || naming.has(section);

/** What more of a plan could take away again. */
const unsure: ReadonlySet<DiagnosticCode> = new Set([
  'soft-without-stub',
  'too-few-reviewers',
  'too-few-modules',
  'too-many-modules',
  'work-too-small',
  'not-faster',
  'no-end-to-end-gate',
  'never-integrated',
  'module-too-small',
  'could-be-soft',
  'undeclared-resource',
  'mutual-reference',
]);

/** What of a module an issue says to be missing, which stands at the module itself. */
const missing: ReadonlyMap<DiagnosticCode, string> = new Map([
  ['missing-description', 'purpose'],
  ['missing-budget', 'budget'],
  ['no-estimate', 'estimate'],
]);

/** What an issue is about, where it does not stand there: what is missing stands nowhere. */
function placeOf({ code, path }: Issue): IssuePath {
  if (code === 'tests-not-counted') return path.slice(0, -1);
  const field = path.length === 2 && path[0] === 'modules' ? missing.get(code) : undefined;
  return field === undefined ? path : [...path, field];
}

const isWithin = (path: IssuePath, outer: IssuePath): boolean =>
  outer.length <= path.length && outer.every((step, at) => path[at] === step);
