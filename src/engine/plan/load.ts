import { LineCounter } from 'yaml';
import { codeInfo, type DiagnosticCode } from '../../core/plan/codes.ts';
import type { Issue } from '../../core/plan/issue.ts';
import { withoutFollowUps } from '../../core/plan/follow-ups.ts';
import { normalise } from '../../core/plan/normalise.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { phrase } from '../../core/phrase.ts';
import { graphIssues, partIssues, wholeIssues } from '../../core/plan/quality.ts';
import { readablePart } from '../../core/plan/readable-part.ts';
import { cycleIssues } from '../../core/plan/rule-cycles.ts';
import { schemaIssues } from '../../core/plan/schema-issues.ts';
import { planFile } from '../../core/plan/schema.ts';
import type { Diagnostic, DiagnosticEdit, FileChange } from './diagnostic.ts';
import { textChanges, type TextChange } from './edit-text.ts';
import { locate, type TextRange } from './locate.ts';
import { textProblem, type TextProblem } from './text-problem.ts';
import { toData } from './yaml-data.ts';
import { readYaml } from './yaml-text.ts';
import { isRecord } from '../../core/is-record.ts';

/** A plan file that was read. */
export interface LoadedPlan {
  /**
   * Null where the text cannot be read as a plan. One with errors in `diagnostics` is there to be
   * shown and previewed, and may not be run.
   */
  readonly plan: Plan | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Gives issues that were found later, in the files that the plan names, their place in its text. */
  readonly locate: (issues: readonly Issue[]) => Diagnostic[];
}

/** `graph`: nothing is predicted, so that a plan is read between two keys, however large it is. */
type Bar = 'quality' | 'graph';

/** Nobody reads more of one kind, and a hostile file could hold hundreds of thousands. */
const maxOfOneCode = 100;

/**
 * Reads a plan's text and holds it against the quality bar, as far as the text alone shows it.
 * `fileName` is only repeated in the diagnostics. `bar`: how much of it is looked at. Never throws on whatever text there is.
 */
export function loadPlan(text: string, fileName: string, bar: Bar = 'quality'): LoadedPlan {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const yaml = readYaml(body);
  const data = toData(yaml.root);
  const place = placer(body, fileName);
  const problems = [...yaml.problems, ...data.problems];
  const found =
    problems.length > 0
      ? { plan: null, issues: [], problems }
      : isRecord(data.value)
        ? { ...readPlan(data.value, bar), problems: [] }
        : { plan: null, issues: [], problems: [notAMapping(yaml.root?.range[0] ?? 0)] };
  const editsOf = ({ edits }: Issue): DiagnosticEdit[] =>
    edits.flatMap((edit) => {
      const changes = textChanges(body, yaml.root, edit.steps);
      return changes === null ? [] : [{ ...edit, changes: changes.map(place.change) }];
    });
  const toDiagnostics = (issues: readonly Issue[]): Diagnostic[] =>
    bounded(issues)
      .map((each) => {
        const range = locate(yaml.root, each.path, codeInfo(each.code).marks);
        return place.diagnostic(each, range, editsOf(each));
      })
      .sort(byPosition);
  const diagnostics = [
    ...bounded(found.problems).map((problem) => place.diagnostic(noEdits(problem), problem, [])),
    ...toDiagnostics(found.issues),
  ];
  return { plan: found.plan, diagnostics: diagnostics.sort(byPosition), locate: toDiagnostics };
}

function readPlan(data: Record<string, unknown>, bar: Bar): { plan: Plan | null; issues: Issue[] } {
  const parsed = planFile.safeParse(data, { reportInput: false });
  if (parsed.success) return judge(parsed.data, bar);
  const issues = schemaIssues(parsed.error.issues, data);
  // One slip is no reason to keep quiet about everything else.
  const part = readablePart(data, parsed.error.issues);
  if (part === null) return { plan: null, issues };
  const { file, damaged, inFile } = part;
  const found = judge(file, bar).issues.map((each) => ({ ...each, path: inFile(each.path) }));
  // Edits are made for the part, whose lists may be shorter; they are offered again once all can be read.
  const more = withoutFollowUps(found, damaged, data).map((each) =>
    damaged.length === 0 ? each : { ...each, edits: [], saves: null },
  );
  return { plan: null, issues: [...issues, ...more] };
}

function judge(
  file: Parameters<typeof normalise>[0],
  bar: Bar,
): { plan: Plan | null; issues: Issue[] } {
  const normalised = normalise(file);
  const { plan, places, issues: unresolved } = normalised;
  const parts = [...unresolved, ...partIssues(plan)];
  const isReadable = !parts.some(({ code }) => codeInfo(code).stops === 'reading');
  // A circle stays one, whatever else there is.
  if (!isReadable) return { plan: null, issues: [...parts, ...cycleIssues(plan, places)] };
  const whole = bar === 'graph' ? graphIssues(normalised) : wholeIssues(normalised, file);
  return { plan, issues: [...parts, ...whole] };
}

function notAMapping(start: number): TextProblem {
  return textProblem('not-a-mapping', start, start, phrase('the file does not hold a mapping'));
}

/** Turns offsets into lines and columns. */
function placer(text: string, file: string) {
  const lines = new LineCounter();
  for (let start = 0; start !== 0 || lines.lineStarts.length === 0;) {
    lines.addNewLine(start);
    start = text.indexOf('\n', start) + 1;
  }
  const between = ({ start, end }: TextRange) => {
    const last = Math.min(Math.max(start, end), text.length);
    const [from, to] = [lines.linePos(Math.min(start, last)), lines.linePos(last)];
    return { line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
  };
  return {
    diagnostic: (
      {
        code,
        message,
        fix,
        words,
        saves,
      }: Pick<Issue, 'code' | 'message' | 'fix' | 'words' | 'saves'>,
      range: TextRange,
      edits: readonly DiagnosticEdit[],
    ): Diagnostic => ({
      ...{ code, severity: codeInfo(code).severity, file },
      ...between(range),
      ...{ message, fix, words, edits, saves },
    }),
    change: ({ text: written, ...range }: TextChange): FileChange => ({
      ...between(range),
      text: written,
    }),
  };
}

const noEdits = (problem: TextProblem) => ({ ...problem, saves: null });

function bounded<Found extends { readonly code: DiagnosticCode }>(
  found: readonly Found[],
): Found[] {
  const counts = new Map<DiagnosticCode, number>();
  return found.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= maxOfOneCode;
  });
}

/** What could be done sooner is told last, the most first; everything else in the order of the file. */
function byPosition(a: Diagnostic, b: Diagnostic): number {
  const [one, two] = [savedMinutes(a), savedMinutes(b)];
  if (one !== two) return one - two;
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : 1);
}

/** -∞ where nothing is saved, so that it comes first. */
const savedMinutes = ({ saves }: Diagnostic): number =>
  saves === null || saves.parallelMinutes <= 0 ? -Infinity : -saves.parallelMinutes;
