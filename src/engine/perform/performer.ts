import type { EffectResult } from '../../core/commands.ts';
import type { Effect } from '../../core/effects.ts';
import type { RunState } from '../../core/state.ts';
import { unreachable } from '../../core/unreachable.ts';
import { clockOf } from '../agents-clock.ts';
import type { Redaction } from '../gates/redaction.ts';
import type { Performing } from '../performing.ts';
import type { Performer, Unstamped } from '../run-loop.ts';
import { redacted } from '../transcripts/secrets.ts';
import { amend } from './amend.ts';
import { arbitrate } from './arbitrate.ts';
import { checkPrerequisites } from './prerequisites.ts';
import { composeSubject } from './compose-subject.ts';
import { deliver } from './deliver.ts';
import { evaluate } from './evaluate.ts';
import { generate } from './generate.ts';
import { judgeComposition } from './judge-composition.ts';
import { split } from './split.ts';
import { verifyContract } from './verify-contract.ts';
import type { World } from './world.ts';
import { writePostmortem } from './write-postmortem.ts';

type Line = Pick<Performing, 'report' | 'ask' | 'signal'>;

/** Performs effects on real files, with real children and agents. */
export function realPerformer(world: World): Performer {
  return {
    async perform(effect, state, line) {
      const work = withoutSecrets(line, world.secrets);
      return redacted(await performed(world, effect, state, work), world.secrets);
    },
  };
}

/** What is told on the way goes the same way as what comes of it. */
function withoutSecrets(line: Line, secrets: Redaction): Line {
  return {
    report: (command) => line.report(redacted(command, secrets)),
    ask: (command) => line.ask(redacted(command, secrets)),
    get signal() {
      return line.signal;
    },
  };
}

async function performed(
  world: World,
  effect: Exclude<Effect, { type: 'abort' }>,
  state: RunState,
  work: Line,
): Promise<Unstamped<EffectResult>> {
  switch (effect.type) {
    case 'check-prerequisites':
      return checkPrerequisites(world, effect, state, work);
    case 'generate':
      return generate(world, effect, state, work);
    case 'rest': {
      await clockOf(state.plan.pools.builders.agent, world.clock).sleep(effect.ms, work.signal);
      const { order, module } = effect;
      return { type: 'record-rest', order, module };
    }
    case 'await-provider': {
      await clockOf(effect.provider, world.clock).sleep(effect.ms, work.signal);
      const { order, provider } = effect;
      return { type: 'record-provider-wait', order, provider };
    }
    case 'evaluate':
      return evaluate(world, effect, state, work);
    case 'amend':
      return amend(world, effect, state, work);
    case 'split':
      return split(world, effect, state, work);
    case 'arbitrate':
      return arbitrate(world, effect, state, work);
    case 'verify-contract':
      return verifyContract(world, effect, state, work.signal);
    case 'integrate':
    case 'run-gate':
      return judgeComposition(world, effect, state, work);
    case 'compose-subject':
      return composeSubject(world, effect, state);
    case 'deliver':
      return deliver(world, effect, state);
    case 'write-postmortem':
      return writePostmortem(world, effect, state);
    default:
      return unreachable(effect);
  }
}
