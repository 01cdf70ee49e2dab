/** Seconds between the marks of a scale, of the lengths that people count in. */
const STEPS_S = [
  1, 2, 5, 10, 20, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400,
];

/** Where a scale of this length is marked when two marks keep `leastPx` between them, milliseconds. */
export function scaleMarks(totalMs: number, widthPx: number, leastPx = 90): number[] {
  if (totalMs <= 0 || widthPx <= 0) return [0];
  const leastS = (totalMs * leastPx) / widthPx / 1000;
  const longestS = 86_400;
  const stepS = STEPS_S.find((s) => s >= leastS) ?? Math.ceil(leastS / longestS) * longestS;
  const marks: number[] = [];
  for (let ms = 0; ms <= totalMs; ms += stepS * 1000) marks.push(ms);
  return marks;
}
