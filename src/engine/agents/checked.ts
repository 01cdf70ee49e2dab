import type { CheckResult, Evidence } from '../../core/verdict.ts';

/** What a module's own checks say of a builder's folder as it is. */
export interface Checked {
  readonly ok: true;
  readonly results: readonly CheckResult[];
  /** Checks that only the gate can run, and why. */
  readonly notRun: readonly { readonly check: string; readonly why: string }[];
  /** What lies outside the module's paths, or may not be handed in. */
  readonly problems: readonly Evidence[];
  /** How often this attempt may still ask. */
  readonly left: number;
}

/** Nothing was run, and what to do instead. */
export interface NotChecked {
  readonly ok: false;
  readonly message: string;
}

/** Where an attempt's checks are run. */
export interface CheckDesk {
  /** Rejects with the signal's reason alone. */
  check(signal: AbortSignal): Promise<Checked | NotChecked>;
}
