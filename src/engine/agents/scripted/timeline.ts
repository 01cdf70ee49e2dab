import type { Amount } from '../../../core/budget.ts';
import type { AskingStep, GivingStep, Turn } from './turn.ts';

/** What happens at one moment of a turn, from its start. */
export type Moment =
  | Said
  | { readonly kind: 'call-begins'; readonly atMs: number; readonly cost: Amount }
  /** `output`: tokens of the cost that are said. */
  | {
      readonly kind: 'call-ends';
      readonly atMs: number;
      readonly cost: Amount;
      readonly output: number;
    };

/** What it says and hands over between its calls. */
type Said =
  | { readonly kind: 'says'; readonly atMs: number; readonly text: string }
  | { readonly kind: 'gives'; readonly atMs: number; readonly step: GivingStep }
  | { readonly kind: 'asks'; readonly atMs: number; readonly step: AskingStep };

/**
 * A turn's moments in order: its calls one after the other, each with an even share of time and
 * cost, and between them what it says.
 */
export function timeline(turn: Turn): readonly Moment[] {
  const moments: Moment[] = [];
  const said = allSaid(turn);
  let next = 0;
  const sayUntil = (isDue: (atMs: number) => boolean): void => {
    for (let step = said[next]; step !== undefined && isDue(step.atMs); step = said[next]) {
      moments.push(step);
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
    const output = Math.min(cost.tokens, share(turn.tokensOut, call, turn.calls));
    moments.push({ kind: 'call-ends', atMs: endsMs, cost, output });
  }
  sayUntil(() => true);
  return moments;
}

/** In the order of time; at one time it first says, then asks, then gives. */
function allSaid(turn: Turn): readonly Said[] {
  const says = turn.says.map((step): Said => ({ kind: 'says', ...step }));
  if (turn.kind !== 'builder') return says;
  const asks = turn.asks.map((step): Said => ({ kind: 'asks', atMs: step.atMs, step }));
  const gives = turn.gives.map((step): Said => ({ kind: 'gives', atMs: step.atMs, step }));
  return [...says, ...asks, ...gives].sort((a, b) => a.atMs - b.atMs);
}

/** Whole units that add up to the total. */
function share(total: number, index: number, parts: number): number {
  return Math.floor((total * (index + 1)) / parts) - Math.floor((total * index) / parts);
}
