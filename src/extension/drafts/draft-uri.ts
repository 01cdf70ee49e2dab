import { relative, sep } from 'node:path';
import { isName, isRunId, moduleId, type ModuleId, type RunId } from '../../core/ids.ts';

/** Which draft a file on disk belongs to: `.ce-workspace/runs/<run>/drafts/<module>/files/…`. */
export function draftOfPath(
  workspace: string,
  path: string,
): { readonly run: RunId; readonly module: ModuleId } | null {
  const [ours, runs, run = '', drafts, module = '', files, ...rest] = relative(
    workspace,
    path,
  ).split(sep);
  if (ours !== '.ce-workspace' || runs !== 'runs' || drafts !== 'drafts') return null;
  if (files !== 'files' || rest.length === 0) return null;
  if (!isRunId(run) || !isName(module)) return null;
  return { run, module: moduleId(module) };
}
