import type { RunId } from '../../core/ids.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { PersonRequest } from '../../engine/person-request.ts';
import { refuse } from '../refuse.ts';
import type { VerbContext } from '../verb.ts';

/** Brings what a person asks for to a run and says what came of it. */
export async function sendRequest(
  { terminal, engine, workspace, program, by }: VerbContext,
  run: RunId,
  request: PersonRequest,
  done: string,
): Promise<number> {
  const sent = await engine.sendCommand(workspace, run, request, by);
  if (!sent.ok) {
    return refuse(terminal, sent.message);
  }
  for (const note of sent.notes ?? []) terminal.err(`note: ${oneLine(note, 400)}\n`);
  switch (sent.how) {
    case 'done':
      terminal.out(`${done}\n`);
      return 0;
    case 'left-for-resume':
      terminal.out(`kept for run ${run}: nobody drives it now; go on: ${program} resume ${run}\n`);
      return 0;
    case 'not-answered-yet':
      terminal.out(
        `left for run ${run}: whoever drives it has not answered yet; see what becomes of it: ${program} status ${run}\n`,
      );
      return 0;
  }
}
