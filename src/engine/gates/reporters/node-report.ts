import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { reportOf, type Report, type ReportedTest } from './report.ts';

const record = z.object({
  scope: z.enum(['test', 'suite', 'file']),
  name: z.string(),
  file: z.string(),
  line: z.number().nullable(),
  outcome: z.enum(['pass', 'fail', 'skip', 'todo']),
  /** It failed only because something below it did. */
  below: z.boolean(),
  message: z.string(),
});
const end = z.object({ end: z.number() });

/**
 * Reads what our reporter wrote. Every line must carry the seal for its place, and the last one
 * must count them all: anything else was written, taken out or cut off by somebody. A command that
 * calls the runner several times leaves as many reports, one after another.
 */
export function readNodeReport(text: string, key: string, runs: 'one' | 'several'): Report {
  if (text === '') return { ok: false, reason: 'the test runner wrote none' };
  const tests: ReportedTest[] = [];
  const lines = text.split('\n');
  if (lines.pop() !== '') return { ok: false, reason: 'its last line is cut off' };
  let place = 0;
  let ends = 0;
  for (const [index, line] of lines.entries()) {
    place += 1;
    const value = sealed(line, place, key);
    if (value === null) return { ok: false, reason: `line ${index + 1} is not our reporter's` };
    const last = end.safeParse(value);
    if (last.success) {
      if (last.data.end !== place - 1) return { ok: false, reason: 'it counts wrongly' };
      place = 0;
      ends += 1;
      continue;
    }
    const test = record.safeParse(value);
    if (!test.success) return { ok: false, reason: `line ${index + 1} is no test` };
    if (counts(test.data)) tests.push(test.data);
  }
  if (place !== 0) return { ok: false, reason: 'it does not reach its end' };
  if (runs === 'one' && ends !== 1) return { ok: false, reason: 'it has several ends' };
  return reportOf(tests);
}

/** Suites are no tests; one is told of only when it failed for itself, as when a hook threw. */
function counts({ scope, outcome, below }: z.infer<typeof record>): boolean {
  return scope !== 'suite' || (outcome === 'fail' && !below);
}

function sealed(line: string, place: number, key: string): unknown {
  const tab = line.lastIndexOf('\t');
  const text = line.slice(0, Math.max(0, tab));
  const seal = createHmac('sha256', key).update(`${place} ${text}`).digest('hex');
  if (line.slice(tab + 1) !== seal) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
