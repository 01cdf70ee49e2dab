import { pathFault, unsafePath } from '../paths.ts';
import { phrase } from '../phrase.ts';
import { issue, type Issue, type IssuePath } from './issue.ts';
import type { CheckPlan, Plan } from './plan.ts';

/** Every path of a plan is safe, and every pattern of the form that is read here. */
export function pathIssues(plan: Plan): Issue[] {
  const { artifact, environment, modules } = plan;
  return [
    ...files(artifact.sourceOfTruth, ['artifact', 'sourceOfTruth']),
    ...files(environment?.inputs ?? [], ['environment', 'inputs']),
    ...files(environment?.provides ?? [], ['environment', 'provides']),
    ...modules.flatMap(({ id, owns, contract, checks }) => {
      const at = ['modules', id];
      return [
        ...patterns(owns, [...at, 'owns']),
        ...(contract.file === '' ? [] : file(contract.file, [...at, 'contract', 'file'])),
        ...patterns(contract.tests, [...at, 'contract', 'tests']),
        ...stubs(contract.stub, [...at, 'contract', 'stub']),
        ...reports(checks, [...at, 'checks']),
      ];
    }),
    ...plan.tiers.flatMap(({ id, checks }) => reports(checks, ['tiers', id, 'checks'])),
    ...plan.gates.flatMap((gate) =>
      gate.kind === 'approval' ? [] : reports(gate.checks, ['gates', gate.id, 'checks']),
    ),
  ];
}

const files = (texts: readonly string[], path: IssuePath): Issue[] =>
  texts.flatMap((text, index) => file(text, [...path, index]));

const patterns = (texts: readonly string[], path: IssuePath): Issue[] =>
  texts.flatMap((text, index) => pattern(text, [...path, index]));

const reports = (checks: readonly CheckPlan[], path: IssuePath): Issue[] =>
  checks.flatMap(({ name, reportFile }) =>
    reportFile === '' ? [] : file(reportFile, [...path, name, 'reportFile']),
  );

function stubs(texts: readonly string[], path: IssuePath): Issue[] {
  return texts.flatMap((text, index) => {
    const found = pattern(text, [...path, index]);
    if (found.length > 0 || /^[^*]+\/\*\*$/.test(text)) return found;
    const message = phrase('the stub "{0}" does not name a folder', text);
    const fix = phrase('Write `<folder>/**`: what lies below is laid over the root as it is.');
    return [issue('invalid-pattern', [...path, index], message, fix)];
  });
}

function file(text: string, path: IssuePath): Issue[] {
  if (!text.includes('*')) return safe(text, path);
  const message = phrase('"{0}" holds a wildcard where one file or folder is named', text);
  return [issue('invalid-pattern', path, message, phrase('Name it in full.'))];
}

function pattern(text: string, path: IssuePath): Issue[] {
  const reason = text.startsWith('!')
    ? phrase('the pattern "{0}" starts with "!"; nothing can be left out of a pattern', text)
    : /[{}?]/.test(text)
      ? phrase('the pattern "{0}" holds one of { } ?, which have no meaning here', text)
      : text.split('/').some((segment) => segment !== '**' && segment.includes('**'))
        ? phrase('the pattern "{0}" holds ** beside other characters of its segment', text)
        : null;
  return reason === null ? safe(text, path) : [issue('invalid-pattern', path, reason)];
}

function safe(text: string, path: IssuePath): Issue[] {
  const reason = pathFault(text);
  if (reason === null) return [];
  const folder = text.endsWith('/') && unsafePath(text.slice(0, -1)) === null;
  const fix = folder ? phrase('Write "{0}**" for all that lies in the folder.', text) : undefined;
  return [
    issue('unsafe-path', path, phrase('the path {0} {1}', JSON.stringify(text), reason), fix),
  ];
}
