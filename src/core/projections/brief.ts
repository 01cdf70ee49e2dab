import type { RunId } from '../ids.ts';
import { evidencePlace } from './evidence-words.ts';
import { etaWords } from './eta-words.ts';
import { tokens } from './figures.ts';
import { spentMoney } from './money-known.ts';
import type { NeedsYou } from './needs-you.ts';
import type { RunStatus } from './run-status.ts';
import { oneLine } from './safe-text.ts';
import type { VerdictRow } from './verdict-rows.ts';
import { counted, duration, listed, utcTime } from './words.ts';
import { wayWords } from '../way.ts';

/** As many as whoever asked can take in. */
const mostRows = 60;
const mostEvidence = 3;

/** Where a run stands, in lines for whoever reads along: a model with tools, or a chat. */
export function briefStatus(status: RunStatus, driven: boolean): string[] {
  const { run, artifact, phase, outcome, paused, percent, sealed, modules, gates } = status;
  const open = modules.filter(({ kind }) => kind !== 'sealed');
  const openGates = gates.filter(({ kind }) => kind !== 'passed');
  const done = [
    ...modules.filter(({ kind }) => kind === 'sealed').map(({ id }) => id as string),
    ...gates.filter(({ kind }) => kind === 'passed').map(({ name }) => name),
  ];
  const rows = [
    ...open.map(({ id, text, attempt, percent: far, kind, detail }) =>
      [
        `- ${id}: ${text}`,
        ...(attempt > 0 ? [`attempt ${attempt}`] : []),
        ...(kind === 'building' && far !== null ? [`${far} %`] : []),
        ...(detail === '' ? [] : [`says: ${detail}`]),
      ].join(' · '),
    ),
    ...openGates.map(({ name, text }) => `- ${name}: ${text}`),
  ];
  return [
    `${oneLine(artifact, 120)}, run ${run}: ${outcome ?? phase}${paused ? ', paused' : ''}, ${percent} %`,
    ...(status.way === 'parallel' ? [] : [`It goes ${wayWords[status.way]}`]),
    `${sealed} of ${counted(modules.length, 'module')} sealed in ${duration(status.elapsedMs)}; spent ${tokens(status.spent.tokens)} tokens, ${spentMoney(status.spent.microUsd, status.money)}`,
    ...(outcome === null
      ? [`ETA ${etaWords(status.eta)}`, ...(driven ? [] : [undrivenWords(run)])]
      : outcome === 'complete'
        ? []
        : [oneLine(status.reason, 300)]),
    ...(status.delivered === null
      ? []
      : [`Result: ${status.delivered.kind} ${oneLine(status.delivered.name)}`]),
    `Needs a person: ${status.needsYou.length === 0 ? 'nothing' : status.needsYou.length}`,
    ...status.needsYou.slice(0, mostRows).flatMap(needLines),
    `In progress: ${rows.length === 0 ? 'nothing' : ''}`.trimEnd(),
    ...rows.slice(0, mostRows),
    ...(rows.length > mostRows ? [`… and ${rows.length - mostRows} more`] : []),
    `Completed: ${done.length === 0 ? 'nothing yet' : listed(done, mostRows)}`,
  ];
}

const undrivenWords = (run: RunId): string =>
  `Nobody drives run ${run} now: it goes on when it is resumed`;

function needLines(need: NeedsYou): string[] {
  const { says, detail } = need;
  return [
    `! ${says}`,
    ...('subject' in need ? [`    gate ${need.gate}, subject ${need.subject}`] : []),
    ...(detail === '' ? [] : [`    says: ${detail.split('\n').join('; ')}`]),
  ];
}

/** Verdicts, the latest first, each with what speaks for it. */
export function briefVerdicts(rows: readonly VerdictRow[], most = 20): string[] {
  const latest = rows.slice(-most).reverse();
  const left = rows.length - latest.length;
  return [
    ...(rows.length === 0 ? ['No verdict was given yet'] : []),
    ...latest.flatMap(({ verdict, gate, says, by, at, again, evidence, subject }) => [
      `- ${verdict} ${oneLine(gate, 120)} by ${oneLine(by, 80)} on ${utcTime(at)}${again ? ', judged again' : ''}: ${oneLine(says)}`,
      ...(subject === null ? [] : [`    subject ${oneLine(subject, 80)}`]),
      ...(verdict === 'PASS' ? [] : evidence.slice(0, mostEvidence)).map((each) => {
        const place = evidencePlace(each);
        return `    ${place === '' ? '' : `${place} `}says: ${oneLine(each.says)}`;
      }),
    ]),
    ...(left > 0 ? [`… and ${counted(left, 'earlier verdict')}`] : []),
  ];
}
