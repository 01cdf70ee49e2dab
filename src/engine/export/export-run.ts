import { dirname, resolve } from 'node:path';
import { exportedEvents } from '../../core/export/exported-run.ts';
import { exportFormat } from '../../core/export/export-file.ts';
import type { RunId } from '../../core/ids.ts';
import { isOver } from '../../core/state.ts';
import { createFile, errorCode, replaceFile } from '../journal/durable.ts';
import type { KnownKeys } from '../known-keys.ts';
import { readRun } from '../run-record.ts';
import { secretsOf } from '../transcripts/secrets.ts';
import { withoutMachine } from './machine-words.ts';
import { exportPage } from './page.ts';
import { pageParts } from './page-parts.ts';

export interface ExportOptions {
  /** null: the latest. */
  readonly run: RunId | null;
  /** Absolute, or from the current folder; null: `ashlar-<run>.html` in `folder`. */
  readonly file: string | null;
  readonly folder: string;
  /** Takes the place of a file of that name. */
  readonly force: boolean;
  /** What gates found goes along, cleaned. */
  readonly evidence: boolean;
  /** Beside what stands in the environment. */
  readonly keys: KnownKeys;
  /** As in `Ashlar 0.1.0`. */
  readonly version: string;
  /** UTC milliseconds. */
  readonly now: number;
}

export type ExportedRun =
  | {
      readonly ok: true;
      readonly run: RunId;
      /** Absolute. */
      readonly file: string;
      readonly bytes: number;
      readonly events: number;
      readonly inProgress: boolean;
      /** What a person should know of it. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Writes a run into one page that opens anywhere and gives away nothing that somebody wrote. */
export async function exportRun(
  workspace: string,
  options: ExportOptions,
  readParts = pageParts,
): Promise<ExportedRun> {
  const read = await readRun(workspace, options.run);
  if (!read.ok) return read;
  const { run, state, events, problems, driver } = read.record;
  const secrets = secretsOf(process.env, state.plan, options.keys);
  const machine = withoutMachine(workspace);
  const clean = (text: string): string => machine(secrets(text));
  const renamed = new Set<string>();
  const isSecret = (name: string): boolean => {
    if (secrets(name) === name) return false;
    renamed.add(name);
    return true;
  };
  const passed = exportedEvents(events, { evidence: options.evidence, clean, isSecret });
  const notes = problems
    .slice(0, 1)
    .map(({ message }) => `the journal is damaged: ${message}; the export holds what came before`);
  if (renamed.size > 0) {
    notes.push(
      `${renamed.size === 1 ? 'a name' : `${renamed.size} names`} of the plan held the value of a secret variable, or what looks like a key; the export says hidden-1 and so on there`,
    );
  }
  if (!passed.ok) {
    if (passed.events.length === 0)
      return no(
        'journal-unfit',
        `line 1 of the journal is not as it should be (${passed.what}); update Ashlar, or restore the journal from a copy`,
      );
    notes.push(
      `line ${passed.seq} of the journal is not as it should be (${passed.what}); the export holds what came before`,
    );
  }
  const parts = await readParts();
  if (parts === null)
    return no('not-built', 'the page of exports was not built; `npm run build` builds it');
  const file = resolve(options.folder, options.file ?? `ashlar-${run}.html`);
  const inProgress = !isOver(state);
  const [first] = passed.events;
  const artifact = first?.type === 'run-started' ? first.plan.artifact.name : 'artifact';
  const page = exportPage(
    {
      ...{ ashlarExport: exportFormat, run, madeAt: Math.max(options.now, state.at) },
      ...{ product: `Ashlar ${options.version}`, inProgress, driven: driver !== null },
      leftOut: options.evidence ? 'texts-but-evidence' : 'texts',
    },
    artifact,
    passed.events,
    parts,
  );
  const fault = await written(file, page, options.force);
  if (fault !== null) return fault;
  const bytes = Buffer.byteLength(page);
  return { ok: true, run, file, bytes, events: passed.events.length, inProgress, notes };
}

type Fault = Extract<ExportedRun, { readonly ok: false }>;

const no = (code: string, message: string): Fault => ({ ok: false, code, message });

/** For others to read, unlike what the engine keeps. */
const mode = 0o644;

/** All of it or nothing; null where it was written. */
async function written(file: string, page: string, force: boolean): Promise<Fault | null> {
  try {
    if (force) await replaceFile(file, page, mode);
    else if (!(await createFile(file, page, mode))) {
      return no(
        'file-exists',
        `${file} exists; give --force to replace it, or name another file with --out`,
      );
    }
    return null;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return no('no-folder', `there is no folder ${dirname(file)}; make it, or name another file`);
    }
    if (code === 'EISDIR') return no('is-folder', `${file} is a folder; name a file in it`);
    const why = error instanceof Error ? error.message : String(error);
    return no('not-written', `${file} cannot be written (${why}); name another file`);
  }
}
