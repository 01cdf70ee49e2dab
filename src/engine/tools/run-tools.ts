import { runId, type RunId } from '../../core/ids.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { holdsPause } from '../journal/left-pause.ts';
import { planField } from './plan-tools.ts';
import { refused, told, type Tool, type ToolAnswer } from './tool.ts';
import type { Started } from './tool-world.ts';
import type { Way } from '../../core/way.ts';
import type { Field, Input } from './tool-input.ts';

const way: Field = {
  ...{ kind: 'way', required: false },
  says: 'parallel, with all places of the plan (the default), or sequential, with one agent of each kind.',
};

const wayOf = (input: Input): Way =>
  input.text('way') === 'sequential' ? 'sequential' : 'parallel';

export const runTool: Tool = {
  ...{ name: 'run', title: 'Run a plan', kind: 'act', fields: { plan: planField, way } },
  says: 'Starts a run of a plan file and answers with its id as soon as it has begun. Agents then work for minutes or hours and cost money, and the commands of the plan are executed; start one only where the person asked for it. `status` tells how it goes.',
  call: async (world, input, progress) =>
    startedAnswer(
      await world.startRun(input.text('plan') ?? '', wayOf(input), progress),
      'has begun',
    ),
};

export const resumeTool: Tool = {
  ...{ name: 'resume', title: 'Resume a run', kind: 'act' },
  fields: {
    run: { kind: 'run', required: true, says: 'The id of the run, such as 20260301-1200-ab3d.' },
  },
  says: 'Goes on with a run that nobody drives any more: after an interruption, or once a person has decided what it waited for.',
  async call(world, input, progress) {
    const run = runId(input.text('run') ?? '');
    const read = await world.readRun(run);
    if (!read.ok) return refused(read.message);
    const { state, waiting, folder } = read.record;
    // Who paused it ends that, too: it is no tool's decision.
    if (state.pausedAt !== null || (waiting > 0 && (await holdsPause(folder)))) {
      return refused(pausedByPerson(run));
    }
    return startedAnswer(await world.resumeRun(run, progress), 'goes on');
  },
};

/** Why a tool does not go on with a run. */
export const pausedByPerson = (run: RunId): string =>
  `run ${run} was paused by a person, who can end that: ashlar resume ${run}`;

function startedAnswer(started: Started, what: string): ToolAnswer {
  if (!started.ok) return refused(started.message);
  return told([
    `Run ${started.run} ${what}; it goes on by itself, and \`status\` tells how`,
    ...started.notes.slice(0, 20).map((note) => `note: ${oneLine(note, 400)}`),
  ]);
}
