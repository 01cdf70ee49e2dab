import { workspace, type Uri } from 'vscode';
import type { Plan } from '../../core/plan/plan.ts';
import { LastVerdicts } from '../../core/projections/last-verdicts.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import type { RunFiles } from '../documents/run-files.ts';
import { watchCurrent, type Ending } from '../native/watch-current.ts';
import type { LiveRun } from '../runs/runs.ts';
import { GateTests } from './gate-tests.ts';
import { SealedFiles } from './sealed-files.ts';
import { VerdictNotesShown } from './verdict-notes-shown.ts';

/**
 * The current run where the editor itself has a place for it: gates among the tests, verdicts beside the
 * files that they are about, sealed files in the explorer.
 */
export function showVerdicts(parts: ActionParts, files: RunFiles): Ending[] {
  const { runs } = parts;
  const shared = { ...parts, files };
  const tests = new GateTests(shared);
  const notes = new VerdictNotesShown(shared);
  const sealed = new SealedFiles(files);
  let of: { readonly run: LiveRun; readonly plan: Plan; readonly verdicts: LastVerdicts } | null =
    null;

  const draw = (run: LiveRun | null): void => {
    sealed.show(run);
    const plan = run?.replayed?.state.plan;
    if (run === null || plan === undefined) {
      of = null;
      tests.show(null, new LastVerdicts());
      notes.draw(null, new LastVerdicts());
      return;
    }
    const verdicts = of?.run === run ? of.verdicts : new LastVerdicts();
    const judged = verdicts.follow(run.events);
    if (of?.run !== run || !sameGates(of.plan, plan)) tests.show(run, verdicts);
    else tests.tell(judged);
    of = { run, plan, verdicts };
    notes.draw(run, verdicts);
  };

  const fileChanged = (uri: Uri): void => {
    if (of === null) return;
    sealed.changed(uri);
    const { run, verdicts } = of;
    const root = `${run.folder.uri.path.replace(/\/$/, '')}/`;
    if (uri.scheme !== run.folder.uri.scheme || !uri.path.startsWith(root)) return;
    if (notes.changed(uri.path.slice(root.length))) notes.draw(run, verdicts);
  };
  const watcher = workspace.createFileSystemWatcher('**/*');
  return [
    ...[tests, notes, sealed, watcher],
    ...[watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete].map((on) => on(fileChanged)),
    workspace.onDidGrantWorkspaceTrust(() => {
      tests.trust();
      sealed.again();
      if (of !== null) notes.draw(of.run, of.verdicts);
    }),
    watchCurrent(runs, { changed: draw }),
  ];
}

/** A budget that is raised makes another plan of it, with the same gates. */
function sameGates(a: Plan, b: Plan): boolean {
  const ids = ({ modules, tiers, gates }: Plan): string =>
    [modules, tiers, gates].map((each) => each.map(({ id }) => id).join()).join(' ');
  return a === b || ids(a) === ids(b);
}
