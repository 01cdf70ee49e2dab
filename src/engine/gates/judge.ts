import type { CheckPlan } from '../../core/plan/plan.ts';
import type { ListedTest } from '../../core/verdict.ts';
import { hearCanaries, type CanarySong, type PlantedCanary } from './canary.ts';
import type { Assurance, CheckRun } from './check-request.ts';
import type { ChildEnd } from './child.ts';
import { EvidenceList, printed } from './evidence-list.ts';
import type { Redaction } from './redaction.ts';
import type { Report, ReportedTest } from './reporters/report.ts';
import { compareTests, listedTest } from './test-list.ts';

/** Everything that was seen of a check's run. */
export interface Observation {
  readonly check: CheckPlan;
  /** Absolute; taken out of everything that is told. */
  readonly folder: string;
  readonly end: ChildEnd;
  /** With root-relative files; null where the check tells nothing but its exit code. */
  readonly report: Report | null;
  readonly planted: readonly PlantedCanary[];
  /** Failing tests must end in exactly this exit code; null: in any but 0. */
  readonly failingExit: number | null;
  /** Files of the contract's tests that were changed while they ran. */
  readonly changed: readonly string[];
  /** Null where no list is held against the run. */
  readonly expected: readonly ListedTest[] | null;
  readonly assurance: Assurance;
  readonly sandboxed: boolean;
  /** Of the values that its command was given. */
  readonly redact: Redaction;
}

/** Judges a run by all that was seen of it: one thing that does not fit is enough to fail it. */
export function judgeCheck(seen: Observation): CheckRun {
  const { check, end } = seen;
  const against = new EvidenceList(check.name, seen.folder, seen.redact);
  const song = hearCanaries(seen.report?.ok === true ? seen.report.tests : [], seen.planted);
  const tests = song.tests.filter((test) => test.scope === 'test');
  const listed = tests.map((test) => listedTest(check.name, test));
  const broken = brokenFiles(song);

  holdAgainstLimits(seen, against);
  if (seen.report !== null && !end.timedOut) {
    if (!seen.report.ok) {
      const why = `the report of its tests cannot be used: ${seen.report.reason}`;
      against.add('report', `${why}\n${printed(end)}`);
    } else {
      holdAgainstCanaries(song, broken, against);
      holdAgainstTests(song.tests, against);
      if (seen.expected === null) {
        if (tests.length === 0 && broken.size === 0)
          against.add('report', `no tests ran\n${printed(end)}`);
      } else holdAgainstList(check.name, seen.expected, tests, broken, against);
    }
  }
  if (!end.timedOut) holdAgainstExit(seen, song, against);

  const missing =
    seen.expected === null
      ? 0
      : compareTests(listFor(check.name, seen.expected), listed).missing.length;
  const passed = tests.filter((test) => test.outcome === 'pass').length;
  const failed = tests.filter((test) => test.outcome === 'fail').length + missing;
  const outcome = end.timedOut ? 'timed-out' : against.empty ? 'passed' : 'failed';
  if (outcome === 'passed' && seen.assurance === 'report') {
    against.add('report', 'forgery is not excluded: no canaries can be planted for this runner');
  }
  return {
    check: check.name,
    outcome,
    passed,
    failed,
    durationMs: end.durationMs,
    cached: false,
    evidence: against.end(),
    listed,
    skipped: tests
      .filter(({ outcome }) => outcome === 'skip' || outcome === 'todo')
      .map((test) => listedTest(check.name, test)),
    broken: [...broken.keys()],
    ran: true,
    exit: end.exit,
    assurance: seen.assurance,
    sandboxed: seen.sandboxed,
  };
}

function holdAgainstLimits({ check, end, changed }: Observation, against: EvidenceList): void {
  if (end.startError !== null) against.add('check', `could not be started: ${end.startError}`);
  if (end.timedOut) {
    against.add('limit', `ran into its time limit of ${check.timeoutMs / 1000} s\n${printed(end)}`);
  }
  if (end.leftovers) against.add('limit', 'left a process behind, which was ended');
  for (const file of changed) {
    against.add('report', "this file of the contract's tests was changed while it ran", { file });
  }
}

/** Test files that failed as a whole or ended early, with what is known of why. */
function brokenFiles(song: CanarySong): ReadonlyMap<string, ReportedTest | null> {
  const whole = song.tests.filter((test) => test.scope === 'file');
  const broken = new Map<string, ReportedTest | null>(whole.map((test) => [test.file, test]));
  for (const { file } of song.missing) if (!broken.has(file)) broken.set(file, null);
  return broken;
}

function holdAgainstCanaries(
  song: CanarySong,
  broken: ReadonlyMap<string, ReportedTest | null>,
  against: EvidenceList,
): void {
  for (const [file, whole] of broken) {
    if (whole?.outcome === 'fail') {
      against.add('test', `the file could not be run\n${whole.message}`, { file });
    } else {
      against.add(
        'report',
        'not all tests of this file were reported from it: it ended early or was tampered with',
        { file },
      );
    }
  }
  for (const file of new Set(song.wrong.map((canary) => canary.file))) {
    const count = song.wrong.filter((canary) => canary.file === file).length;
    const what = count === 1 ? 'a test' : `${count} tests`;
    const says = `${what} planted here to fail did not: assertions or their report were tampered with`;
    against.add('report', says, { file });
  }
}

function holdAgainstTests(tests: readonly ReportedTest[], against: EvidenceList): void {
  for (const test of tests) {
    if (test.outcome !== 'fail' || test.scope === 'file') continue;
    against.add('test', test.message || 'failed without a message', {
      test: test.name,
      file: test.file,
      line: test.line,
    });
  }
}

function listFor(check: string, expected: readonly ListedTest[]): ListedTest[] {
  return expected.filter((test) => test.check === check);
}

function holdAgainstList(
  check: string,
  expected: readonly ListedTest[],
  tests: readonly ReportedTest[],
  broken: ReadonlyMap<string, unknown>,
  against: EvidenceList,
): void {
  for (const test of tests) {
    if (test.outcome !== 'skip' && test.outcome !== 'todo') continue;
    const says = test.outcome === 'skip' ? 'was skipped' : 'was marked as to do';
    against.add('report', says, { test: test.name, file: test.file, line: test.line });
  }
  const listed = tests.map((test) => listedTest(check, test));
  const { missing, extra } = compareTests(listFor(check, expected), listed);
  for (const test of missing) {
    // That the whole file did not run was said once already.
    if (!broken.has(test.file)) {
      against.add('report', "did not run, though the contract's tests hold it", {
        test: test.name,
        file: test.file,
      });
    }
  }
  for (const test of extra) {
    against.add('report', "ran, though the contract's tests do not hold it", {
      test: test.name,
      file: test.file,
    });
  }
  // Without canaries nothing else tells of a file that is missing whole.
  if (against.empty && missing.length > 0) {
    against.add('report', `${missing.length} of the contract's tests did not run`);
  }
}

function holdAgainstExit(seen: Observation, song: CanarySong, against: EvidenceList): void {
  const { end, report } = seen;
  if (end.startError !== null) return;
  const how = end.exit === null ? `a signal (${end.signal ?? 'unknown'})` : `exit code ${end.exit}`;
  if (report === null) {
    if (end.exit !== 0) against.add('check', `ended with ${how}\n${printed(end)}`);
    return;
  }
  if (!report.ok && !against.empty) return;
  const fails = seen.planted.length > 0 || song.tests.some((test) => test.outcome === 'fail');
  const fits = fails
    ? seen.failingExit === null
      ? end.exit !== 0
      : end.exit === seen.failingExit
    : end.exit === 0;
  if (!fits)
    against.add('report', `ended with ${how}, which does not fit its report\n${printed(end)}`);
}
