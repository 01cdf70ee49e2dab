import type { ModuleId } from '../ids.ts';
import { issue, type Issue } from './issue.ts';
import { phrase, type Phrase } from '../phrase.ts';
import { PatternIndex } from './pattern-index.ts';
import type { ModulePlan, Plan } from './plan.ts';

/** No path has two owners, and nobody owns what decides. */
export function ownershipIssues(plan: Plan): Issue[] {
  return [...overlaps(plan.modules), ...decides(plan)];
}

function overlaps(modules: readonly ModulePlan[]): Issue[] {
  const seen = new PatternIndex<ModuleId>();
  return modules.flatMap(({ id, owns }) => {
    const told = new Set<ModuleId>();
    const issues = owns.flatMap((pattern, index) =>
      [...seen.meetings(pattern)].flatMap(({ value: other, path }) => {
        if (told.has(other)) return [];
        told.add(other);
        const message = phrase('{0} and {1} both own "{2}"', other, id, path);
        return [issue('overlapping-owns', ['modules', id, 'owns', index], message)];
      }),
    );
    for (const pattern of owns) seen.add(pattern, id);
    return issues;
  });
}

/** One issue for each pattern: whoever narrows it sees the next. */
function decides(plan: Plan): Issue[] {
  const deciding = new PatternIndex<Phrase>();
  for (const file of plan.artifact.sourceOfTruth) deciding.add(file, phrase('a source of truth'));
  for (const { id, contract } of plan.modules) {
    if (contract.file !== '') deciding.add(contract.file, phrase('the contract of {0}', id));
    for (const pattern of contract.tests) deciding.add(pattern, phrase('the tests of {0}', id));
    for (const pattern of contract.stub) deciding.add(pattern, phrase('the stub of {0}', id));
  }
  return plan.modules.flatMap(({ id, owns }) =>
    owns.flatMap((pattern, index) => {
      const [first] = deciding.meetings(pattern);
      if (first === undefined) return [];
      const message = phrase('{0} owns "{1}", which belongs to {2}', id, first.path, first.value);
      return [issue('owns-what-decides', ['modules', id, 'owns', index], message)];
    }),
  );
}
