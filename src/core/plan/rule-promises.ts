import { issue, type Issue } from './issue.ts';
import type { ModulePlan, Plan } from './plan.ts';

/** Every module says what it promises, in a form that something else than its builder can judge. */
export function promiseIssues(plan: Plan): Issue[] {
  return plan.modules.flatMap(moduleIssues);
}

function moduleIssues(module: ModulePlan): Issue[] {
  const { id, kind, owns, contract, checks } = module;
  const path = ['modules', id];
  const issues: Issue[] = [];
  if (contract.file === '') {
    issues.push(issue('no-contract', [...path, 'contract'], `module ${id} has no contract file`));
  }
  if (contract.tests.length === 0) {
    const at = [...path, 'contract', 'tests'];
    issues.push(issue('no-tests', at, `module ${id} has no tests that decide`));
  }
  if (contract.stub.length === 0 && kind === 'code') {
    issues.push(issue('no-stub', [...path, 'contract', 'stub'], `module ${id} has no stub`));
  }
  if (owns.length === 0) {
    issues.push(issue('no-owned-paths', [...path, 'owns'], `module ${id} owns no paths`));
  }
  if (checks.length === 0) {
    issues.push(issue('no-checks', [...path, 'checks'], `module ${id} has no checks`));
  } else if (checks.every(({ report }) => report === 'exit')) {
    const message = `the tests of module ${id} cannot be counted: its checks tell only an exit code`;
    issues.push(issue('tests-not-counted', [...path, 'checks', checks[0]?.name ?? ''], message));
  }
  return issues;
}
