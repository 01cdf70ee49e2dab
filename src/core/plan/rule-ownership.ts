import type { ModuleId } from '../ids.ts';
import { issue, type Issue } from './issue.ts';
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
        const message = `${other} and ${id} both own "${path}"`;
        return [issue('overlapping-owns', ['modules', id, 'owns', index], message)];
      }),
    );
    for (const pattern of owns) seen.add(pattern, id);
    return issues;
  });
}

/** One issue for each pattern: whoever narrows it sees the next. */
function decides(plan: Plan): Issue[] {
  const deciding = new PatternIndex<string>();
  for (const file of plan.artifact.sourceOfTruth) deciding.add(file, 'a source of truth');
  for (const { id, contract } of plan.modules) {
    if (contract.file !== '') deciding.add(contract.file, `the contract of ${id}`);
    for (const pattern of contract.tests) deciding.add(pattern, `the tests of ${id}`);
    for (const pattern of contract.stub) deciding.add(pattern, `the stub of ${id}`);
  }
  return plan.modules.flatMap(({ id, owns }) =>
    owns.flatMap((pattern, index) => {
      const [first] = deciding.meetings(pattern);
      if (first === undefined) return [];
      const message = `${id} owns "${first.path}", which belongs to ${first.value}`;
      return [issue('owns-what-decides', ['modules', id, 'owns', index], message)];
    }),
  );
}
