/** When each task starts and ends. */
export interface Schedule {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly makespan: number;
}

/** Times closer than this are the same: sums of fractions differ in their last digits. */
export const sameTime = 1e-9;
