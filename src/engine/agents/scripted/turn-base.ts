import type { AnyTurnFile, BuilderTurnFile } from './turn-schema.ts';

export type Behaviour = BuilderTurnFile['behaviour'];

/** What every turn has, in plain units. */
export interface TurnBase {
  readonly summary: string;
  readonly ms: number;
  readonly tokens: number;
  /** What of them it says; the rest is what it reads. */
  readonly tokensOut: number;
  readonly microUsd: number;
  /** Metered calls; at least 1. */
  readonly calls: number;
  /** In the order of time. */
  readonly says: readonly { readonly atMs: number; readonly text: string }[];
  readonly behaviour: Behaviour;
  /** When a late answer comes, from the start. */
  readonly lateMs: number;
}

export function turnBase(file: AnyTurnFile): TurnBase {
  return {
    summary: file.summary,
    ms: Math.round(file.seconds * 1_000),
    tokens: file.tokens.in + file.tokens.out,
    tokensOut: file.tokens.out,
    microUsd: Math.round(file.usd * 1_000_000),
    calls: file.turns,
    says: file.progress
      .map(({ at, say }) => ({ atMs: Math.round(at * 1_000), text: say }))
      .sort((a, b) => a.atMs - b.atMs),
    behaviour: file.behaviour,
    lateMs: Math.round((file.lateSeconds ?? 2 * file.seconds) * 1_000),
  };
}
