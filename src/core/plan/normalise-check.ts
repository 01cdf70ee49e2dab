import { isName, moduleId } from '../ids.ts';
import { issue, type IssuePath } from './issue.ts';
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
    const message = `"${name}" is a device on Windows`;
    names.issues.push(issue('invalid-name', path, message, 'Choose another name.'));
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
    const message = '"reportFile" is missing: a junit report is read from a file';
    issues.push(issue('missing-key', [...path, 'reportFile'], message, 'Add "reportFile".'));
  }
  if (check.report !== 'junit' && check.reportFile !== undefined) {
    const message = `"reportFile" goes with "report: junit", not with "${check.report}"`;
    issues.push(issue('invalid-value', [...path, 'reportFile'], message, 'Remove one of the two.'));
  }
}

function checkReadFolders(folders: readonly string[], path: IssuePath, { issues }: Names): void {
  folders.forEach((folder, index) => {
    if (/^(\/|[A-Za-z]:[\\/])/.test(folder)) return;
    const place = [...path, 'sandbox', 'read', index];
    const message = `"${folder}" is not an absolute folder`;
    issues.push(
      issue('invalid-value', place, message, 'The tree can be read anyway; name others.'),
    );
  });
}
