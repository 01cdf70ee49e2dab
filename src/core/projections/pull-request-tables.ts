import type { ModulePlan } from '../plan/plan.ts';
import type { Chronicle } from './chronicle.ts';
import { forgeLine } from './forge-text.ts';
import { gateStatus } from './gate-status.ts';
import { markdownTable } from './markdown-table.ts';
import type { Bounds } from './pull-request.ts';
import type { VerdictRow } from './verdict-rows.ts';
import { counted, listed } from './words.ts';

/** A row for each module: what it promises, and what it was sealed by. */
export function moduleTable({ state, history }: Chronicle, { rows, chars }: Bounds): string[] {
  const reviewed = reviews(history.verdicts);
  const { modules } = state.plan;
  const table = modules.slice(0, rows).map((plan, node) => {
    const { id, attempt, seal, contract } = state.modules.get(node);
    return [
      `\`${id}\``,
      forgeLine(plan.purpose, chars),
      `v${seal?.version ?? contract.version}`,
      seal === null ? 'none' : `\`${seal.digest.slice(0, 12)}\``,
      String(attempt),
      checksOf(plan, history.latest.get(node)),
      reviewOf(reviewed.get(`module:${id}`), chars),
    ];
  });
  return [
    '## Modules',
    '',
    ...markdownTable(
      ['Module', 'Promises', 'Contract', 'Seal', 'Attempts', 'Checks', 'Reviewer'],
      table,
    ),
    ...andMore(modules.length - table.length, 'module'),
  ];
}

/** A row for each tier and gate, and for each decision of a person. */
export function gateTable({ state, history }: Chronicle, { rows, chars }: Bounds): string[] {
  const { tierBase, streamBase } = state.graph;
  const judged = Array.from({ length: streamBase - tierBase }, (_, at) => tierBase + at).flatMap(
    (node) => {
      const row = history.latest.get(node);
      if (row?.kind === 'approval') return [];
      const { name, text } = gateStatus(state, node);
      return [
        [
          name,
          row?.verdict ?? text,
          row === null ? '' : tests(row) || forgeLine(row.says, chars),
          row?.by ?? '',
        ],
      ];
    },
  );
  const decided = history.verdicts
    .filter(({ kind }) => kind === 'approval')
    .map(({ name, verdict, says, by, subject }) => [
      `gate ${name}`,
      `${verdict === 'PASS' ? 'approved' : 'refused'}${subject === null ? '' : ` \`${subject.slice(0, 12)}\``}`,
      forgeLine(says, chars),
      forgeLine(by, 60),
    ]);
  const all = [...judged, ...decided];
  if (all.length === 0) return ['## Gates', '', 'The plan has none but those of its modules.'];
  return [
    '## Gates',
    '',
    ...markdownTable(['Gate', 'Verdict', 'What was seen', 'By'], all.slice(0, rows)),
    ...andMore(all.length - rows, 'row'),
  ];
}

/** How each module last passed for the first time: what is judged again is not reviewed again. */
function reviews(rows: readonly VerdictRow[]): Map<string, VerdictRow> {
  const passed = rows.filter(({ again, verdict }) => !again && verdict === 'PASS');
  return new Map(passed.map((row) => [row.gate as string, row]));
}

function reviewOf(row: VerdictRow | undefined, chars: number): string {
  return row?.by === 'reviewer' ? `PASS: ${forgeLine(row.says, chars)}` : 'none: the checks decide';
}

function checksOf({ checks }: ModulePlan, row: VerdictRow | null): string {
  const names = listed(
    checks.map(({ name }) => name),
    4,
  );
  if (row === null) return names;
  const taken = row.by.startsWith('run ') ? `, taken over from ${row.by}` : '';
  return `${row.verdict}: ${[names, tests(row)].filter((part) => part !== '').join(', ')}${taken}`;
}

function tests({ passed, tests: all }: VerdictRow): string {
  return all === 0 ? '' : `${passed} of ${counted(all, 'test')}`;
}

const andMore = (left: number, what: string): string[] =>
  left > 0 ? ['', `… and ${left} more ${what}s, which \`ashlar report\` tells of.`] : [];
