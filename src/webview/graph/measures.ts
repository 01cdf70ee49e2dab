/** Every length of the graph, in pixels before it is zoomed. */
export interface Measures {
  readonly cardWidth: number;
  readonly cardHeight: number;
  /** Above a course's first row: its name stands there. */
  readonly top: number;
  /** Of a folded course: its stone says its name, so nothing stands above it. */
  readonly foldedTop: number;
  readonly foldedHeight: number;
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

/**
 * How much a card shows: all of it; all of it in joints as narrow as they can be, where that keeps it
 * readable; or less of it, below the zoom at which it could not be read.
 */
export type Size = 'full' | 'close' | 'compact';

const FULL: Measures = {
  ...{ cardWidth: 208, cardHeight: 100, top: 52, below: 64, rowGap: 56, columnGap: 64 },
  ...{ gateGap: 46, left: 28, firstLane: 22, gatePitch: 98, sidePort: 16, gateText: 178 },
  ...{ foldedTop: 28, foldedHeight: 52 },
};

/** As much on each card. */
const CLOSE: Measures = { ...FULL, top: 44, below: 40, rowGap: 44, firstLane: 16, gatePitch: 72 };

/** Nothing changes its column: the same joints, closer together, so that words may be larger. */
const COMPACT: Measures = {
  ...FULL,
  ...{ cardHeight: 64, top: 36, below: 36, rowGap: 40, firstLane: 12, gatePitch: 70 },
  ...{ columnGap: 48, gateGap: 40, left: 24, sidePort: 12, gateText: 204 },
  ...{ foldedTop: 20, foldedHeight: 56 },
};

export const MEASURES: Readonly<Record<Size, Measures>> = {
  ...{ full: FULL, close: CLOSE, compact: COMPACT },
};
