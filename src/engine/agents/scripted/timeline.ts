import type { Amount } from '../../../core/budget.ts';
import type { Turn } from './turn.ts';

/** What happens at one moment of a turn, from its start. */
export type Moment =
  | { readonly kind: 'says'; readonly atMs: number; readonly text: string }
  | { readonly kind: 'call-begins'; readonly atMs: number; readonly cost: Amount }
  | { readonly kind: 'call-ends'; readonly atMs: number; readonly cost: Amount };

/**
 * A turn's moments in order: its calls one after the other, each with an even share of time and
 * cost, and between them what it says.
 */
export function timeline(turn: Turn): readonly Moment[] {
  const moments: Moment[] = [];
  let next = 0;
  const sayUntil = (isDue: (atMs: number) => boolean): void => {
    for (
      let step = turn.says[next];
      step !== undefined && isDue(step.atMs);
      step = turn.says[next]
    ) {
      moments.push({ kind: 'says', ...step });
      next += 1;
    }
  };
  for (let call = 0; call < turn.calls; call += 1) {
    const cost: Amount = {
      tokens: share(turn.tokens, call, turn.calls),
      microUsd: share(turn.microUsd, call, turn.calls),
      turns: 1,
      ms: 0,
    };
    const beginsMs = Math.floor((turn.ms * call) / turn.calls);
    const endsMs = Math.floor((turn.ms * (call + 1)) / turn.calls);
    sayUntil((atMs) => atMs <= beginsMs);
    moments.push({ kind: 'call-begins', atMs: beginsMs, cost });
    sayUntil((atMs) => atMs < endsMs);
    moments.push({ kind: 'call-ends', atMs: endsMs, cost });
  }
  sayUntil(() => true);
  return moments;
}

/** Whole units that add up to the total. */
function share(total: number, index: number, parts: number): number {
  return Math.floor((total * (index + 1)) / parts) - Math.floor((total * index) / parts);
}
