import { issue, type Issue } from './issue.ts';
import { phrase } from '../phrase.ts';
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
    issues.push(
      issue('no-contract', [...path, 'contract'], phrase('module {0} has no contract file', id)),
    );
  }
  if (contract.tests.length === 0) {
    const at = [...path, 'contract', 'tests'];
    issues.push(issue('no-tests', at, phrase('module {0} has no tests that decide', id)));
  }
  if (contract.stub.length === 0 && kind === 'code') {
    issues.push(
      issue('no-stub', [...path, 'contract', 'stub'], phrase('module {0} has no stub', id)),
    );
  }
  if (owns.length === 0) {
    issues.push(issue('no-owned-paths', [...path, 'owns'], phrase('module {0} owns no paths', id)));
  }
  if (checks.length === 0) {
    issues.push(issue('no-checks', [...path, 'checks'], phrase('module {0} has no checks', id)));
  } else if (checks.every(({ report }) => report === 'exit')) {
    const message = phrase(
      'the tests of module {0} cannot be counted: its checks tell only an exit code',
      id,
    );
    issues.push(issue('tests-not-counted', [...path, 'checks', checks[0]?.name ?? ''], message));
  }
  return issues;
}
