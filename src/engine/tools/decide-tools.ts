import { runId } from '../../core/ids.ts';
import type { PersonRequest } from '../person-request.ts';
import { refused, told, type Tool, type ToolAnswer } from './tool.ts';
import type { Field, Fields, Input } from './tool-input.ts';
import type { ToolWorld } from './tool-world.ts';

const fields = (note: Omit<Field, 'kind'>): Fields => ({
  run: { kind: 'run', required: true, says: 'The id of the run.' },
  gate: { kind: 'gate', required: true, says: 'The gate that asks.' },
  subject: {
    ...{ kind: 'digest', required: true },
    says: 'The digest of exactly what the person saw and decides on, as `status` tells it.',
  },
  note: { kind: 'text', ...note },
});

export const approveTool: Tool = {
  ...{ name: 'approve', title: 'Approve a gate', kind: 'decide' },
  fields: fields({ required: false, says: 'Why, in the words of the person.' }),
  says: 'Carries a decision of the person to the run: approves exactly the submission that a gate asks about. Never decide this yourself; call it only after the person has seen what is asked and has said yes to it.',
  call: (world, input) => decided(world, input, 'approve'),
};

export const rejectTool: Tool = {
  ...{ name: 'reject', title: 'Reject a gate', kind: 'decide' },
  fields: fields({ required: true, says: 'What must change, in the words of the person.' }),
  says: 'Carries a decision of the person to the run: refuses exactly the submission that a gate asks about. Never decide this yourself.',
  call: (world, input) => decided(world, input, 'reject'),
};

async function decided(
  world: ToolWorld,
  input: Input,
  type: 'approve' | 'reject',
): Promise<ToolAnswer> {
  const run = runId(input.text('run') ?? '');
  const [gate, submission] = [input.text('gate') ?? '', input.text('subject') ?? ''];
  const request: PersonRequest = { type, gate, submission, note: input.text('note') ?? '' };
  const sent = await world.send(run, request);
  if (!sent.ok) return refused(sent.message);
  const word = type === 'approve' ? 'approved' : 'refused';
  return told([
    sent.how === 'done' ? `Gate ${gate} is ${word}` : `Kept for run ${run}: ${kept[sent.how]}`,
  ]);
}

const kept = {
  'left-for-resume': 'nobody drives it now; it counts when the run is resumed',
  'not-answered-yet': 'whoever drives it has not answered yet; `status` tells when it counts',
} as const;
