import type { ModuleId } from '../../core/ids.ts';
import type { CheckResult } from '../../core/verdict.ts';

export interface AttributionRequest {
  /** All of these are real in the run that failed. */
  readonly modules: readonly ModuleId[];
  /** Runs the check with these modules real and the others as stubs; null where it passes. */
  readonly fails: (real: readonly ModuleId[]) => Promise<string | null>;
  /** How it failed with all of them; null, which it did not, leaves all of them under suspicion. */
  readonly signature: string | null;
  /** After these, what remains is the answer, smallest or not. */
  readonly maxRuns?: number;
}

const defaultMaxRuns = 64;

/**
 * Replaces modules by their stubs, larger groups before smaller ones, and keeps a replacement when
 * the check still fails in the same way. What remains, in the order given, is smallest in the sense
 * that no single one of them can be replaced any more. A check that fails otherwise without a
 * module fails for another reason, so that module stays.
 */
export async function smallestFailingSet(
  request: AttributionRequest,
): Promise<readonly ModuleId[]> {
  const { fails, signature, maxRuns = defaultMaxRuns } = request;
  let real = [...request.modules];
  if (signature === null) return real;
  let runs = 0;
  let size = Math.ceil(real.length / 2);
  while (real.length > 0) {
    const before = real.length;
    for (let start = 0; start < real.length;) {
      if (runs === maxRuns) return real;
      const rest = [...real.slice(0, start), ...real.slice(start + size)];
      runs += 1;
      if ((await fails(rest)) === signature) real = rest;
      else start += size;
    }
    if (size === 1 && real.length === before) break;
    size = Math.max(1, Math.min(Math.floor(size / 2), real.length));
  }
  return real;
}

/** Of what a failing command printed; later lines tend to change from run to run. */
const linesOfOutput = 6;
/** Of a failed test: enough to hold what was expected and what came instead. */
const linesOfMessage = 4;

/**
 * Two runs failed in the same way when they have the same signature: the same tests with the same
 * first lines or, where tests are not told apart, the same exit code and first lines of output.
 * Null for a run that did not fail.
 */
export function signatureOf(result: CheckResult): string | null {
  if (result.outcome === 'passed') return null;
  const tests = result.evidence
    .filter((evidence) => evidence.kind === 'test')
    .map(({ file, test, says }) => JSON.stringify([file, test, firstLines(says, linesOfMessage)]));
  const other = result.evidence.map(({ kind, file, says }) =>
    JSON.stringify([kind, file, firstLines(says, linesOfOutput)]),
  );
  const told = tests.length > 0 ? tests : other;
  return [result.outcome, ...told.sort()].join('\n');
}

function firstLines(text: string, count: number): string {
  // Where it was thrown from changes with what stands around it, and says nothing of the failure.
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*at /.test(line));
  return lines.slice(0, count).join('\n');
}
