import { isName, moduleId, streamId } from '../ids.ts';
import { issue, type Issue, type IssuePath } from './issue.ts';
import { anyKind, resolve, resolveName, type Names } from './names.ts';
import { normaliseChecks } from './normalise-check.ts';
import type { Dependency, ModuleBudget, ModulePlan, RunBudget } from './plan.ts';
import { toCount, toList } from './schema-fields.ts';
import type { DependencyFile, ModuleFile } from './schema-module.ts';

const defaultEstimate = { minutes: 10, review: 1 };

/** A module with its defaults; what is missing is reported, and stands empty in the plan. */
export function normaliseModule(
  name: string,
  file: ModuleFile,
  run: RunBudget,
  names: Names,
): ModulePlan {
  const path = ['modules', name];
  const { issues } = names;
  if (file.purpose === undefined) {
    issues.push(issue('missing-description', path, `module ${name} does not say its purpose`));
  }
  if (file.estimate === undefined) {
    const message = `module ${name} has no estimate; the schedule takes 10 minutes and 1 of review`;
    issues.push(issue('no-estimate', path, message));
  }
  issues.push(...unsupported(file, path));
  return {
    id: moduleId(name),
    kind: file.kind,
    purpose: file.purpose ?? '',
    stream: streamId(streamName(file.stream, [...path, 'stream'], names)),
    owns: toList(file.owns),
    contract: {
      author: 'plan',
      file: file.contract?.file ?? '',
      tests: toList(file.contract?.tests),
      stub: toList(file.contract?.stub),
    },
    needs: file.needs.flatMap((need, index) => dependency(need, [...path, 'needs', index], names)),
    resources: [],
    reviewers: 1,
    checks: normaliseChecks(file.checks ?? {}, [...path, 'checks'], names),
    estimate: file.estimate ?? defaultEstimate,
    budget: moduleBudget(name, file.budget, run, issues),
    onExhausted: file.onExhausted.filter((step) => step !== 'split'),
  };
}

function streamName(text: string, path: IssuePath, names: Names): string {
  if (names.declared.stream.has(text)) return text;
  if (isName(text)) return resolveName(names, text, path, 'stream') ?? 'main';
  const message = `"${text}" is not the name of a stream`;
  names.issues.push(issue('invalid-name', path, message));
  return 'main';
}

function dependency(need: DependencyFile, path: IssuePath, names: Names): Dependency[] {
  const text = typeof need === 'string' ? need : need.module;
  const at = typeof need === 'string' ? path : [...path, 'module'];
  const on = resolve(names, text, at, anyKind);
  if (typeof need !== 'string' && need.kind !== 'hard') {
    const message = `${need.kind} dependencies cannot be run yet`;
    const fix = `Write "${text}" alone for a hard dependency, or leave it out.`;
    names.issues.push(issue('not-supported-yet', [...path, 'kind'], message, fix));
    return [];
  }
  return on === null ? [] : [{ kind: 'hard', on }];
}

function unsupported(file: ModuleFile, path: IssuePath): Issue[] {
  const split = file.onExhausted.indexOf('split');
  return [
    ...(file.resources === undefined
      ? []
      : [
          issue(
            'not-supported-yet',
            [...path, 'resources'],
            'resources cannot be reserved yet',
            'Remove it; a hard dependency keeps two modules from running at once.',
          ),
        ]),
    ...(split === -1
      ? []
      : [
          issue(
            'not-supported-yet',
            [...path, 'onExhausted', split],
            'a module cannot be split yet',
            'Leave "split" out: "reframe" and "escalate" remain.',
          ),
        ]),
  ];
}

/** What is missing is 0, so that a plan with the error reported here could not spend anything. */
function moduleBudget(
  name: string,
  file: ModuleFile['budget'],
  run: RunBudget,
  issues: Issue[],
): ModuleBudget {
  const missing = (['turns', 'tokens', 'minutes'] as const).filter(
    (bound) => file?.[bound] === undefined,
  );
  if (missing.length > 0) {
    const path = ['modules', name, ...(file === undefined ? [] : ['budget'])];
    const message = `module ${name} has no bound on ${missing.join(', ')}`;
    const fix = `Add "budget: { ${missing.map((bound) => `${bound}: …`).join(', ')} }".`;
    issues.push(issue('missing-budget', path, message, fix));
  }
  const tokens = toCount(file?.tokens ?? 0);
  const share = run.tokens === 0 ? 0 : Math.round((run.microUsd * tokens) / run.tokens);
  return {
    turns: toCount(file?.turns ?? 0),
    tokens,
    minutes: file?.minutes ?? 0,
    microUsd: file?.usd === undefined ? share : Math.round(file.usd * 1e6),
    attempts: file?.attempts ?? 3,
  };
}
