import { memo, useCallback, useMemo, useState, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import { parseNodeRef, type ModuleId, type TreeId } from '../../core/ids.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { runTime } from '../../core/projections/figures.ts';
import type { VerdictRow } from '../../core/projections/verdict-rows.ts';
import type { Evidence } from '../../core/verdict.ts';
import { host } from '../host.ts';
import { VerdictChip } from '../parts/Chip.tsx';
import { TextLink } from '../parts/controls.tsx';
import { EvidenceBlock } from '../parts/Evidence.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useBoard } from '../store.ts';
import { judgeWords, kindWords } from './judge-words.ts';
import { openingOfGate } from './opening.ts';

/** Rows that are drawn at once: a page or two, drawn anew at each moment of a replay; the rest is one click away. */
const pageOfRows = 60;

/** Every verdict of the run, newest first. */
export function Verdicts({ chronicle }: { chronicle: Chronicle }): ReactElement {
  const { verdicts } = chronicle.history;
  const [filter, setFilter] = useState('');
  const [most, setMost] = useState(pageOfRows);
  const rows = useMemo(() => matching(verdicts, filter), [verdicts, filter]);
  return (
    <section aria-label={t('Verdicts')}>
      <div className="verdicts-head">
        <h2>{t('Verdicts')}</h2>
        <span className="muted small num" role="status">
          {rich('newest first · {0} of {1}', rows.length, verdicts.length)}
        </span>
        <span className="spacer" />
        <label className="field">
          <Icon name="search" size={14} />
          <input
            {...{ type: 'search', value: filter, placeholder: t('Filter verdicts') }}
            aria-label={t('Filter verdicts by gate, kind, verdict, evidence or judge')}
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
        </label>
      </div>
      {rows.length > 0 ? (
        <Table rows={rows.slice(0, most)} />
      ) : (
        <p className="muted">
          {verdicts.length === 0
            ? t('No verdict yet. Each one appears here with its evidence as soon as it is given.')
            : t('No verdict matches.')}
        </p>
      )}
      {rows.length > most && (
        <TextLink className="medium" onClick={() => setMost(most + pageOfRows)}>
          {rich('Show {0} more', Math.min(pageOfRows, rows.length - most))}
        </TextLink>
      )}
    </section>
  );
}

/** Rows in which every word of the filter occurs somewhere, newest first. */
function matching(verdicts: readonly VerdictRow[], filter: string): VerdictRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ name, kind, verdict, says, by, subject }: VerdictRow): boolean => {
    const text = `${name} ${kind} ${verdict} ${says} ${by} ${subject ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return (words.length === 0 ? [...verdicts] : verdicts.filter(fits)).reverse();
}

function Table({ rows }: { rows: readonly VerdictRow[] }): ReactElement {
  const [open, setOpen] = useState<number | null>(null);
  const onOpen = useCallback(
    (seq: number) => setOpen((before) => (before === seq ? null : seq)),
    [],
  );
  return (
    <table className="table verdict-table" aria-label={t('Verdicts, newest first')}>
      <colgroup>
        <col className="verdict-at" />
        <col className="verdict-of" />
        <col className="verdict-kind leaves" />
        <col className="verdict-tree leaves" />
        <col className="verdict-word" />
        <col className="verdict-tests" />
        <col />
        <col className="verdict-by leaves" />
      </colgroup>
      <thead>
        <tr>
          <th className="right">{t('At')}</th>
          <th>{t('Gate')}</th>
          <th className="leaves">{t('Kind')}</th>
          <th className="leaves">{t('Submission')}</th>
          <th>{t('Verdict')}</th>
          <th className="right">{t('Tests')}</th>
          <th>{t('Evidence')}</th>
          <th className="leaves">{t('Judge')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.seq} {...{ row, open: open === row.seq, onOpen }} />
        ))}
      </tbody>
    </table>
  );
}

/** What was judged stays as it is: drawn again only when it is opened or selected. */
const Row = memo(function Row(props: {
  row: VerdictRow;
  open: boolean;
  onOpen: (seq: number) => void;
}): ReactElement {
  const { row, open, onOpen } = props;
  const { seq, runMs, name, kind, subject, verdict, passed, tests, says, by, evidence } = row;
  const module = moduleOf(row);
  const selected = useBoard((state) => module !== null && state.selected === module);
  const select = useBoard((state) => state.select);
  const opens = module !== null || evidence.length > 0;
  const shown = open && opens;
  const choose = (): void => {
    if (module !== null) select(module);
    onOpen(seq);
  };
  return (
    <>
      <tr className={selected ? 'verdict-row selected' : 'verdict-row'} onClick={choose}>
        <td className="right muted">{runTime(runMs)}</td>
        <td>
          {/* The row's own click follows from it. */}
          <button
            {...{ type: 'button', className: 'verdict-gate', title: name }}
            {...(opens ? { 'aria-expanded': open, 'aria-controls': `verdict-${seq}` } : {})}
          >
            {name}
          </button>
        </td>
        <td className="muted leaves">{kindWords(kind)}</td>
        <td className="mono leaves" title={subject ?? undefined}>
          {subject?.slice(0, 7)}
        </td>
        <td>
          <VerdictChip verdict={verdict} />
        </td>
        <td className="right">{tests === 0 ? '' : `${passed}/${tests}`}</td>
        <td className={verdict === 'PASS' ? 'muted' : undefined} title={says}>
          {row.again ? t('judged again: {0}', says) : says}
        </td>
        <td className="muted leaves" title={by}>
          {judgeWords(by)}
        </td>
      </tr>
      {shown && (
        <tr>
          <td id={`verdict-${seq}`} className="verdict-evidence" colSpan={8}>
            <EvidenceBlock evidence={evidence} onOpen={opening(row)} />
            {module !== null && <ShowModule module={module} />}
          </td>
        </tr>
      )}
    </>
  );
});

/** From the verdict to the module, where the graph is. */
function ShowModule({ module }: { module: ModuleId }): ReactElement {
  const open = useBoard((state) => state.open);
  const focus = useBoard((state) => state.focusModule);
  const show = (): void => {
    open('graph');
    focus(module);
  };
  return (
    <p className="verdict-module">
      <TextLink onClick={show}>{rich('Show {0} in the graph', module)}</TextLink>
    </p>
  );
}

function moduleOf({ gate, kind }: VerdictRow): ModuleId | null {
  return kind === 'module' ? (parseNodeRef(gate).id as ModuleId) : null;
}

/** A module's evidence lies in its contract's tests, or in what was handed in then. */
function opening(row: VerdictRow): (evidence: Evidence) => void {
  const module = moduleOf(row);
  if (module === null) return openingOfGate(row.gate);
  const tree = row.subject as TreeId | null;
  return ({ file, line }) => {
    if (file !== null) host.act({ do: 'open-evidence', module, tree, file, line });
  };
}
