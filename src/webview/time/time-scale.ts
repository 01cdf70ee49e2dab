/** Seconds between the marks of a scale, of the lengths that people count in. */
const STEPS_S = [
  1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400,
];

/** Milliseconds between two marks that keep `leastPx` between them. */
export function scaleStepMs(msPerPx: number, leastPx = 90): number {
  const leastS = (msPerPx * leastPx) / 1000;
  const longestS = 86_400;
  return (STEPS_S.find((s) => s >= leastS) ?? Math.ceil(leastS / longestS) * longestS) * 1000;
}

/** Where a scale of this length is marked when two marks keep `leastPx` between them, milliseconds. */
export function scaleMarks(totalMs: number, widthPx: number, leastPx = 90): number[] {
  if (totalMs <= 0 || widthPx <= 0) return [0];
  const stepMs = scaleStepMs(totalMs / widthPx, leastPx);
  const marks: number[] = [];
  for (let ms = 0; ms <= totalMs; ms += stepMs) marks.push(ms);
  return marks;
}
