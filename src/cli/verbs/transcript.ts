import { counted, listed } from '../../core/projections/words.ts';
import type { TranscriptRow } from '../../engine/transcripts/read-transcripts.ts';
import { refuse } from '../refuse.ts';
import type { Verb } from '../verb.ts';
import { namedRun } from './named-run.ts';

export const transcript: Verb = async ({ terminal, engine, workspace }, given) => {
  const run = namedRun(given);
  let names: readonly string[] | null = null;
  const id = given.positional('module') ?? '';
  let folder = await engine.findPlanning(workspace, run);
  if (folder === null) {
    const read = await engine.readRun(workspace, run);
    if (!read.ok) return refuse(terminal, read.message);
    ({ folder } = read.record);
    const { modules, tiers, gates } = read.record.state.plan;
    names = [...modules, ...tiers, ...gates].map((each): string => each.id);
  }
  const attempt = given.option('attempt');
  const rows = await engine.listTranscripts(folder, id, attempt === null ? null : Number(attempt));
  if (rows.length === 0) {
    if (names !== null && !names.includes(id)) {
      return refuse(terminal, `run ${run} has no ${id}; it has ${listed(names, 12)}`);
    }
    const which = attempt === null ? id : `attempt ${attempt} of ${id}`;
    terminal.err(`ashlar: no agent of ${which} has left a transcript in ${run}\n`);
    return 1;
  }
  if (given.flag('list')) {
    for (const row of rows) terminal.out(`${line(row)}\n`);
    return 0;
  }
  const shown = attempt === null ? rows.slice(-1) : rows;
  for (const [at, { file }] of shown.entries()) {
    const text = await engine.readTranscript(folder, file);
    if (at > 0) terminal.out('\n');
    terminal.out(text ?? `${file} cannot be read as a transcript\n`);
  }
  const more = rows.length - shown.length;
  if (more > 0) terminal.err(`${counted(more, 'earlier transcript')}; --list names them\n`);
  return 0;
};

function line({ kind, role, attempt, order, agent, file }: TranscriptRow): string {
  const which = agent > 1 ? ` (agent ${agent})` : '';
  const by = kind === 'planning' ? `agent ${order}` : `event ${order}`;
  return `${role}, ${attempt}, ${by}${which}: transcripts/${file}`;
}
