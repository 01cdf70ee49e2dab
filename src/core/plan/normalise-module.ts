import { isName, moduleId, streamId } from '../ids.ts';
import { issue, type IssuePath } from './issue.ts';
import { phrase } from '../phrase.ts';
import { resolveName, type Names } from './names.ts';
import { moduleBudget } from './normalise-budget.ts';
import { normaliseChecks } from './normalise-check.ts';
import type { NormalisedNeeds } from './normalise-needs.ts';
import { normaliseUses } from './normalise-resources.ts';
import type { ContractPlan, ModulePlan, RunBudget } from './plan.ts';
import { toList } from './schema-fields.ts';
import type { ModuleFile } from './schema-module.ts';

const defaultEstimate = { minutes: 10, review: 1 };

/** A module with its defaults; what is missing is reported, and stands empty in the plan. */
export function normaliseModule(
  name: string,
  file: ModuleFile,
  { needs }: NormalisedNeeds,
  run: RunBudget,
  names: Names,
): ModulePlan {
  const path = ['modules', name];
  const { issues } = names;
  if (file.purpose === undefined) {
    issues.push(
      issue('missing-description', path, phrase('module {0} does not say its purpose', name)),
    );
  }
  if (file.estimate === undefined) {
    const message = phrase(
      'module {0} has no estimate; the schedule takes 10 minutes and 1 of review',
      name,
    );
    issues.push(issue('no-estimate', path, message));
  }
  return {
    id: moduleId(name),
    kind: file.kind,
    purpose: file.purpose ?? '',
    stream: streamId(streamName(file.stream, [...path, 'stream'], names)),
    owns: toList(file.owns),
    contract: contractOf(name, file),
    needs,
    resources: normaliseUses(file.resources, [...path, 'resources'], names),
    reviewers: file.reviewers,
    checks: normaliseChecks(file.checks ?? {}, [...path, 'checks'], names),
    estimate: { ...(file.estimate ?? defaultEstimate), source: 'plan', runs: 0 },
    budget: moduleBudget(name, file.budget, run, issues),
    onExhausted: file.onExhausted,
  };
}

/** A contract that the file says nothing of is a planner's, who writes it at these paths. */
function contractOf(name: string, { kind, contract }: ModuleFile): ContractPlan {
  if (contract === undefined) {
    return {
      author: 'planner',
      file: `contracts/${name}.md`,
      tests: [`tests/${name}/**`],
      stub: kind === 'document' ? [] : [`stubs/${name}/**`],
    };
  }
  return {
    author: 'plan',
    file: contract.file ?? '',
    tests: toList(contract.tests),
    stub: toList(contract.stub),
  };
}

function streamName(text: string, path: IssuePath, names: Names): string {
  if (names.declared.stream.has(text)) return text;
  if (isName(text)) return resolveName(names, text, path, 'stream') ?? 'main';
  const message = phrase('"{0}" is not the name of a stream', text);
  names.issues.push(issue('invalid-name', path, message));
  return 'main';
}
