import type { Effect } from '../../src/core/effects.ts';
import { outstanding } from '../../src/core/outstanding.ts';
import type { RunState } from '../../src/core/state.ts';
import type { Random } from '../sim/random.ts';
import type { Move, Scenario } from './scenario.ts';
import { checksPrerequisites } from './scenario-beginning.ts';
import {
  arbitrated,
  closed,
  composed,
  delivered,
  integrated,
  judged,
  listed,
  planned,
  providerRested,
  rested,
  splits,
  submits,
} from './scenario-moves.ts';
import { approves } from './scenario-people.ts';

/** What comes back from an effect where everything goes well. */
function wellDone(effect: Effect): Move {
  switch (effect.type) {
    case 'check-prerequisites':
      return checksPrerequisites();
    case 'generate':
      return submits(effect.module);
    case 'rest':
      return rested(effect.module);
    case 'await-provider':
      return providerRested(effect.provider);
    case 'evaluate':
      return judged(effect.module);
    case 'split':
      return splits(effect.module, [`${effect.module}-a`, `${effect.module}-b`]);
    case 'amend':
      return planned(effect.module, `${effect.module}-by-order-${effect.order}`);
    case 'arbitrate':
      return arbitrated(effect.module, 'uphold');
    case 'verify-contract':
      return listed(effect.module);
    case 'integrate':
      return integrated(`tier:${effect.tier}`);
    case 'run-gate':
      return integrated(`gate:${effect.gate}`);
    case 'compose-subject':
      return composed(effect.gate, `${effect.gate}-at-${effect.order}`);
    case 'deliver':
      return delivered();
    case 'write-postmortem':
      return closed;
    case 'abort':
      throw new Error('nothing comes back from an abort');
  }
}

/** Every gate that asks is approved, as it then is. */
function approvals(state: RunState): Move[] {
  return [...state.gates].flatMap(({ id, life }) =>
    life.at === 'asked' ? [approves(id, life.submission.replace('digest-', ''))] : [],
  );
}

/** `moves` moves in which whatever is at work comes back in any order, and modules fail now and then. */
export function wanders(run: Scenario, random: Random, moves: number, failing = 0.15): void {
  const failed = new Set<string>();
  for (let i = 0; i < moves; i++) {
    const effects = outstanding(run.state);
    const asked = approvals(run.state);
    if (effects.length + asked.length === 0) return;
    if (asked.length > 0 && random.chance(asked.length / (effects.length + asked.length))) {
      run.when(random.pick(asked));
      continue;
    }
    const effect = random.pick(effects);
    const fails = effect.type === 'evaluate' && !failed.has(effect.module);
    if (fails && random.chance(failing)) {
      failed.add(effect.module);
      run.when(judged(effect.module, random.chance(0.5) ? { unit: 'failed' } : { review: 'FAIL' }));
    } else run.when(wellDone(effect));
  }
}

/** Everything goes well from here to the end. */
export function endsWell(run: Scenario): void {
  for (;;) {
    const [next] = [...outstanding(run.state).map(wellDone), ...approvals(run.state)];
    if (next === undefined) return;
    run.when(next);
  }
}
