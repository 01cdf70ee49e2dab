import { isName, moduleId } from '../ids.ts';
import { issue, type IssuePath } from './issue.ts';
import { phrase } from '../phrase.ts';
import { resolveName, type Names } from './names.ts';
import { normaliseUses } from './normalise-resources.ts';
import type { CheckPlan } from './plan.ts';
import type { CheckFile } from './schema-check.ts';

const msPerMinute = 60_000;
const defaultTimeoutMinutes = 2;

/** Checks in the order of the file, a bare command as a check by its exit code. */
export function normaliseChecks(
  checks: Readonly<Record<string, CheckFile>>,
  path: IssuePath,
  names: Names,
): CheckPlan[] {
  return Object.entries(checks).map(([name, check]) =>
    normaliseCheck(name, check, [...path, name], names),
  );
}

function normaliseCheck(name: string, check: CheckFile, path: IssuePath, names: Names): CheckPlan {
  if (!isName(name)) {
    const message = phrase('"{0}" is a device on Windows', name);
    names.issues.push(issue('invalid-name', path, message, phrase('Choose another name.')));
  }
  if (typeof check === 'string') {
    return {
      name,
      run: check,
      report: 'exit',
      reportFile: '',
      between: [],
      timeoutMs: defaultTimeoutMinutes * msPerMinute,
      resources: [],
      sandbox: { network: false, read: [], env: [] },
    };
  }
  checkReportFile(check, path, names);
  checkReadFolders(check.sandbox.read, path, names);
  const between = 'between' in check ? check.between : [];
  return {
    name,
    run: check.run,
    report: check.report,
    reportFile: check.reportFile ?? '',
    between: between.flatMap((text, index) => {
      const id = resolveName(names, text, [...path, 'between', index], 'module');
      return id === null ? [] : [moduleId(id)];
    }),
    timeoutMs: Math.ceil(check.timeoutMinutes * msPerMinute),
    resources: normaliseUses(check.resources, [...path, 'resources'], names),
    sandbox: check.sandbox,
  };
}

function checkReportFile(
  check: Exclude<CheckFile, string>,
  path: IssuePath,
  { issues }: Names,
): void {
  if (check.report === 'junit' && check.reportFile === undefined) {
    const message = phrase('"reportFile" is missing: a junit report is read from a file');
    issues.push(
      issue('missing-key', [...path, 'reportFile'], message, phrase('Add {0}.', '"reportFile"')),
    );
  }
  if (check.report !== 'junit' && check.reportFile !== undefined) {
    const message = phrase(
      '"{0}" goes with "{1}", not with "{2}"',
      'reportFile',
      'report: junit',
      check.report,
    );
    issues.push(
      issue('invalid-value', [...path, 'reportFile'], message, phrase('Remove one of the two.')),
    );
  }
}

function checkReadFolders(folders: readonly string[], path: IssuePath, { issues }: Names): void {
  folders.forEach((folder, index) => {
    if (/^(\/|[A-Za-z]:[\\/])/.test(folder)) return;
    const place = [...path, 'sandbox', 'read', index];
    const message = phrase('"{0}" is not an absolute folder', folder);
    issues.push(
      issue('invalid-value', place, message, phrase('The tree can be read anyway; name others.')),
    );
  });
}
