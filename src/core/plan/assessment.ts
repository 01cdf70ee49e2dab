/** What must hold for building side by side to fit; `preconditions` of a plan says the same. */
export const conditionNames = ['modules', 'interfaces', 'workPerModule'] as const;

export type ConditionName = (typeof conditionNames)[number];

/** What an architect found out about a goal before it plans it. */
export interface Assessment {
  readonly conditions: Readonly<Record<ConditionName, Condition>>;
  /** The work cut into what could be modules, with what each waits for. */
  readonly pieces: readonly Piece[];
}

export interface Condition {
  readonly holds: boolean;
  readonly says: string;
  /** What it is seen by: files, lines, what a scout found. Never empty. */
  readonly evidence: readonly string[];
}

/** A module as it is before there is a plan. */
export interface Piece {
  readonly id: string;
  readonly purpose: string;
  readonly needs: readonly PieceNeed[];
  /** Expected time to build it, alone. */
  readonly minutes: number;
  /** Expected time to judge it. */
  readonly review: number;
  /** What building it is expected to use up. */
  readonly tokens: number;
}

/** `soft`: a stand-in of the other is enough to begin with. */
export interface PieceNeed {
  readonly on: string;
  readonly kind: 'hard' | 'soft';
}

/** How to go about a goal that building side by side does not fit. */
export const simplerPatterns = ['one-agent', 'managed-pair', 'test-driven-pairing'] as const;

export type SimplerPattern = (typeof simplerPatterns)[number];

export const assessmentLimits = {
  pieces: 60,
  needs: 60,
  evidence: 10,
  minutes: 10_000,
  tokens: 1_000_000_000,
} as const;
