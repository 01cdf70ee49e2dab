import { inEnglish } from '../language.ts';
import { moduleStatuses } from './module-status.ts';
import { needsYou } from './needs-you.ts';
import { oneLine } from './safe-text.ts';
import type { Delivery, Replayed } from './timeline.ts';
import { counted, listed, lowerFirst } from './words.ts';

export type PullRequestGround =
  | {
      readonly ok: true;
      /** Where the result lies. */
      readonly delivered: Delivery & { readonly kind: 'branch'; readonly commit: string };
    }
  | {
      readonly ok: false;
      readonly code: 'not-complete' | 'no-repository';
      /** What is missing, and what to do. */
      readonly message: string;
    };

/** Whether there is something of a run that a pull request could be about. */
export function pullRequestGround({ state, timeline }: Replayed): PullRequestGround {
  const { run, phase } = state;
  const no = (code: 'not-complete' | 'no-repository', message: string): PullRequestGround => ({
    ...{ ok: false, code, message },
  });
  if (phase.at === 'finished' && phase.outcome !== 'complete') {
    const reason = phase.reason === '' ? '' : ` (${oneLine(phase.reason, 200)})`;
    return no(
      'not-complete',
      `run ${run} is ${phase.outcome}${reason}: nothing of it was delivered, so that there is nothing to merge; its seals stay for later runs`,
    );
  }
  if (phase.at !== 'finished')
    return no(
      'not-complete',
      inEnglish(() => missing({ state })),
    );
  const { delivered } = timeline;
  if (delivered?.kind === 'branch' && delivered.commit !== null) {
    const { kind, name, commit } = delivered;
    return { ok: true, delivered: { kind, name, commit } };
  }
  const where = delivered === null ? '' : `; its result lies in ${oneLine(delivered.name)}`;
  return no(
    'no-repository',
    `run ${run} was made in a folder that is no repository${where}: there is no branch to open a pull request from`,
  );
}

function missing({ state }: Pick<Replayed, 'state'>): string {
  const { run } = state;
  const open = moduleStatuses(state).filter(({ kind }) => kind !== 'sealed');
  const modules = open.map(({ id, text }) => `${id} (${lowerFirst(oneLine(text, 60))})`);
  const waiting = needsYou(state).map(({ says }) => lowerFirst(oneLine(says, 100)));
  const parts = [
    `${state.sealed} of ${counted(state.modules.length, 'module')} sealed`,
    ...(modules.length === 0 ? [] : [`missing: ${listed(modules, 6)}`]),
    ...(waiting.length === 0 ? [] : [`it needs you: ${listed(waiting)}`]),
  ];
  return `run ${run} is not complete: ${parts.join('; ')}; \`ashlar status ${run}\` tells more`;
}
