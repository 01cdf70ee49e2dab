import type { ModuleId, Order } from '../ids.ts';

/** What every command brings with it, because the core has no clock. */
export interface Asked {
  /** UTC milliseconds. */
  readonly at: number;
}

/** What comes back from an effect; fenced by the order that asked for it. */
export interface Reported extends Asked {
  readonly order: Order;
}

/** What comes back from an effect that is about one module. */
export interface OfModule extends Reported {
  readonly module: ModuleId;
}
