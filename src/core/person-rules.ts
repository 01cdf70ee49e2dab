import type { AmendContract, ReopenModule } from './commands/person.ts';
import type { Refusal } from './commands/refusal.ts';
import type { RunOutcome } from './events/run.ts';
import { unreachable } from './unreachable.ts';
import { moduleNode } from './lookup.ts';
import { phrase, told, type Phrase } from './phrase.ts';
import { awaitsPerson, type RunState } from './state.ts';

/**
 * What a person may do to a run and its contracts, without doing it. null: it is possible. A board
 * asks before it offers something, `decide` before it carries it out.
 */
type Answer = Refusal | null;

export const no = (code: Refusal['code'], words: Phrase): Refusal => ({ code, ...told(words) });

export const delivering = (): Refusal =>
  no('run-busy', phrase('the run is just being delivered; try again in a moment'));

/** A person can have it go on: from a pause, or once the cause of what did not work is mended. */
export const isHeld = ({ pausedAt, phase }: Pick<RunState, 'pausedAt' | 'phase'>): boolean =>
  pausedAt !== null || awaitsPerson(phase);

function outcomePhrase(outcome: RunOutcome): Phrase {
  switch (outcome) {
    case 'complete':
      return phrase('complete');
    case 'cancelled':
      return phrase('cancelled');
    case 'failed':
      return phrase('failed');
    default:
      return unreachable(outcome);
  }
}

/** Why nobody can act on the run any more. */
export function ended(state: RunState): Answer {
  if (state.phase.at === 'cancelling')
    return no('run-cancelling', phrase('the run is being cancelled'));
  if (state.phase.at !== 'finished') return null;
  return no(
    'run-over',
    phrase('the run is over ({0}); start a new one', outcomePhrase(state.phase.outcome)),
  );
}

export function refuseReopening(state: RunState, command: ReopenModule): Answer {
  const { phase, graph } = state;
  if (phase.at === 'cancelling' || (phase.at === 'finished' && phase.outcome === 'cancelled')) {
    return ended(state);
  }
  if (!graph.moduleIndex.has(command.module)) return unknown(command);
  if (state.modules.get(moduleNode(state, command.module)).seal === null) {
    return no(
      'not-sealed',
      phrase('{0} is not sealed; amend its contract instead', command.module),
    );
  }
  return refuseVersion(state, command);
}

export function refuseAmendment(state: RunState, command: AmendContract): Answer {
  const refusal = ended(state);
  if (refusal !== null) return refusal;
  if (!state.graph.moduleIndex.has(command.module)) return unknown(command);
  if (state.modules.get(moduleNode(state, command.module)).seal !== null) {
    return no('is-sealed', phrase('{0} is sealed; reopen it instead', command.module));
  }
  return refuseVersion(state, command);
}

const unknown = ({ module }: ReopenModule | AmendContract): Refusal =>
  no('unknown-module', phrase('the plan has no module {0}', module));

function refuseVersion(state: RunState, command: ReopenModule | AmendContract): Answer {
  const { phase } = state;
  if (phase.at === 'delivering' || (phase.at === 'finished' && phase.postmortem === null)) {
    return delivering();
  }
  const { contract } = state.modules.get(moduleNode(state, command.module));
  if (contract.tree === command.contract) {
    return no(
      'same-contract',
      phrase('that is the contract that {0} has; change it first', command.module),
    );
  }
  return null;
}
