import type { Digest, GateId, Order, TierId, TreeId } from './ids.ts';

/** Modules that are judged together before what stands above them begins. */
export interface TierState {
  readonly id: TierId;
  /** The open conflict about its checks; null where there is none. */
  readonly conflict: number | null;
  readonly life: TierLife;
  /** How often it was judged. */
  readonly judged: number;
}

export type TierLife =
  | { readonly at: 'waiting' }
  | { readonly at: 'ready' }
  | Judging
  | { readonly at: 'integrated'; readonly tree: TreeId }
  /** Failed with nobody to blame; a person must look. */
  | { readonly at: 'blocked'; readonly message: string; readonly since: number };

/** `outdated`: what it judges no longer stands; its verdict will not count. */
export interface Judging {
  readonly at: 'judging';
  readonly order: Order;
  readonly since: number;
  readonly outdated: boolean;
}

/** An end-to-end gate, or a person's approval. */
export interface GateState {
  readonly id: GateId;
  /** The open conflict about its checks; null where there is none. */
  readonly conflict: number | null;
  readonly life: GateLife;
  readonly judged: number;
}

export type GateLife =
  | { readonly at: 'waiting' }
  | { readonly at: 'ready' }
  | Judging
  | { readonly at: 'passed'; readonly tree: TreeId }
  | { readonly at: 'blocked'; readonly message: string; readonly since: number }
  | { readonly at: 'asked'; readonly submission: Digest; readonly since: number }
  | { readonly at: 'approved'; readonly submission: Digest; readonly by: string }
  /** A person said no: reopen what must change, or cancel. */
  | {
      readonly at: 'refused';
      readonly submission: Digest;
      readonly by: string;
      readonly note: string;
      readonly since: number;
    };
