/** Every length of the graph, in pixels before it is zoomed. */
export interface Measures {
  readonly cardWidth: number;
  readonly cardHeight: number;
  /** Above a course's first row: its name stands there. */
  readonly top: number;
  /** Between a row and the course below it, where no more lanes need more. */
  readonly below: number;
  /** Between two rows of one course. */
  readonly rowGap: number;
  readonly columnGap: number;
  /** Between the last column and the gates' left tips. */
  readonly gateGap: number;
  readonly left: number;
  /** From a row to the first lane under it. */
  readonly firstLane: number;
  /** Between gates that stand under each other, middle to middle. */
  readonly gatePitch: number;
  /** How far ports on a card's left side are from each other. */
  readonly sidePort: number;
  /** Right of the gates, for their names. */
  readonly gateText: number;
}

/** Parallel runs keep this apart. */
export const LANE = 12;
/** Half of a gate's diamond. */
export const GATE_RADIUS = 22;
/** Ports on a card's top edge. */
export const TOP_PORT = 24;

/** How much a card shows: all of it, or below the zoom at which it could not be read. */
export type Size = 'full' | 'compact';

const FULL: Measures = {
  ...{ cardWidth: 208, cardHeight: 100, top: 52, below: 64, rowGap: 56, columnGap: 64 },
  ...{ gateGap: 46, left: 28, firstLane: 22, gatePitch: 98, sidePort: 16, gateText: 178 },
};

/** Nothing changes its column: the same joints, closer together. */
const COMPACT: Measures = {
  ...FULL,
  ...{ cardHeight: 64, top: 36, below: 36, rowGap: 40, firstLane: 12, gatePitch: 70 },
  ...{ sidePort: 12, gateText: 214 },
};

export const MEASURES: Readonly<Record<Size, Measures>> = { full: FULL, compact: COMPACT };
