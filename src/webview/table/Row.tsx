import { memo, type ReactElement, type ReactNode } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import { isSettled } from '../../core/module-state.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { tokens } from '../../core/projections/figures.ts';
import { gateCard, type GateShape } from '../../core/projections/gate-card.ts';
import type { SubmissionRow } from '../../core/projections/history.ts';
import { briefMoney, moneyNote } from '../../core/projections/money-known.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { cardAt } from '../graph/card-at.ts';
import type { Course } from '../graph/grid.ts';
import { Waiting } from '../graph/ModuleCard.tsx';
import { kindWords } from '../gates/judge-words.ts';
import { host } from '../host.ts';
import { Bar } from '../parts/Bar.tsx';
import { VerdictChip, VersionMark } from '../parts/Chip.tsx';
import { FileLink } from '../parts/FileLink.tsx';
import { Icon } from '../parts/Icon.tsx';
import { looks, type Tone } from '../parts/looks.ts';
import { useBoard } from '../store.ts';
import { needsWords } from './needs-words.ts';

/** What every row is told. */
export interface RowProps {
  readonly chronicle: Chronicle;
  readonly index: number;
  /** The one row that Tab leads to. */
  readonly isTabStop: boolean;
  readonly isSelected: boolean;
  readonly onFocus: () => void;
  readonly onTurn: () => void;
}

interface FrameProps extends RowProps {
  readonly level: 1 | 2 | 3;
  /** null where nothing lies below it. */
  readonly open: boolean | null;
  readonly onClick?: () => void;
  readonly children: ReactNode;
}

function Frame(props: FrameProps): ReactElement {
  const { index, isTabStop, isSelected, level, open, onFocus, onClick, children } = props;
  return (
    <tr
      {...{ className: `table-row table-level-${level}`, 'aria-rowindex': index + 2, onFocus }}
      {...{ 'aria-level': level, tabIndex: isTabStop ? 0 : -1, onClick }}
      {...(open === null ? {} : { 'aria-expanded': open })}
      {...(level === 2 ? { 'aria-selected': isSelected } : {})}
    >
      {children}
    </tr>
  );
}

/** What stands right of the progress. */
const last = ['needs', 'stream', 'tokens', 'cost', 'eta'] as const;

/** Cells of columns that say nothing here; a cell over several would count those that are left out. */
function Empty({ columns }: { readonly columns: readonly string[] }): ReactNode {
  return columns.map((name) => <td key={name} className={`col-${name}`} />);
}

/** Turns a row by the mouse; keys do it on the row itself. */
function Twistie({ open, onTurn }: { open: boolean | null; onTurn: () => void }): ReactElement {
  if (open === null) return <span className="table-twistie" />;
  return (
    <span
      className="table-twistie"
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation();
        onTurn();
      }}
    >
      <Icon name={open ? 'chevron-down' : 'chevron-right'} size={14} />
    </span>
  );
}

export function CourseRow(props: RowProps & { course: Course; open: boolean }): ReactElement {
  const { chronicle, course, open, onTurn } = props;
  const { plan, graph, modules } = chronicle.state;
  const { tier } = course;
  const sealed = course.modules.filter((node) => isSettled(modules.get(node))).length;
  const place = tier === null ? null : tier - graph.tierBase;
  return (
    <Frame {...props} level={1} onClick={onTurn}>
      <th scope="row" className="ellipsis">
        <Twistie {...{ open, onTurn }} />
        <span className="table-name">
          {place === null ? t('In no tier') : plan.tiers[place]?.id}
        </span>
        {place !== null && (
          <span className="muted small table-tier">{rich('tier {0}', place + 1)}</span>
        )}
      </th>
      <td className="col-state table-over">
        {tier !== null && <GateState chronicle={chronicle} node={tier} />}
      </td>
      <Empty columns={['contract', 'attempt', 'verdict', 'tests']} />
      <td className="col-progress table-over">
        {rich('{0}/{1} sealed', sealed, course.modules.length)}
      </td>
      <Empty columns={last} />
    </Frame>
  );
}

export function GatesRow(props: RowProps & { open: boolean }): ReactElement {
  const { open, onTurn } = props;
  return (
    <Frame {...props} level={1} onClick={onTurn}>
      <th scope="row">
        <Twistie {...{ open, onTurn }} />
        {t('Gates')}
      </th>
      <Empty columns={['state', 'contract', 'attempt', 'verdict', 'tests', 'progress', ...last]} />
    </Frame>
  );
}

const gateLooks: Readonly<Record<GateShape, readonly [icon: string, tone: Tone]>> = {
  waiting: ['clockface', 'muted'],
  judging: ['law', 'review'],
  passed: ['pass', 'pass'],
  failed: ['error', 'fail'],
  'needs-you': ['bell-dot', 'you'],
};

function GateState({ chronicle, node }: { chronicle: Chronicle; node: number }): ReactElement {
  const { shape, says, since } = gateCard(chronicle, node);
  const [icon, tone] = gateLooks[shape];
  if (shape === 'needs-you') return <Waiting since={since} />;
  return (
    <span className="table-state" title={says}>
      <Icon name={icon} tone={tone} size={14} />
      <span className="ellipsis">{says}</span>
    </span>
  );
}

export function GateRow(props: RowProps & { node: number }): ReactElement {
  const { chronicle, node } = props;
  const select = useBoard((board) => board.selectGate);
  const { name, kind, ref } = gateCard(chronicle, node);
  const latest = chronicle.history.latest.get(node);
  return (
    <Frame {...props} level={2} open={null} onClick={() => select(ref)}>
      <th scope="row" className="ellipsis" title={name}>
        <Twistie open={null} onTurn={props.onTurn} />
        {name}
      </th>
      <td className="col-state table-over">
        <GateState {...{ chronicle, node }} />
      </td>
      <Empty columns={['contract', 'attempt']} />
      <td>{latest !== null && <VerdictChip verdict={latest.verdict} />}</td>
      <td className="num">
        {latest !== null && latest.tests > 0 && `${latest.passed}/${latest.tests}`}
      </td>
      <td className="muted col-progress table-over">{kindWords(kind)}</td>
      <Empty columns={last} />
    </Frame>
  );
}

interface ModuleRowProps extends RowProps {
  readonly node: number;
  readonly open: boolean | null;
  /** Until it is sealed by the estimates and the pace so far; null where nobody can know. */
  readonly doneInMs: number | null;
}

export function ModuleRow(props: ModuleRowProps): ReactElement {
  const { chronicle, node, open, onTurn, doneInMs } = props;
  const select = useBoard((board) => board.select);
  const shown = cardAt(chronicle, node);
  const { icon, tone, spin } = looks[shown.shape];
  const { id, word, detail, percent, verdict, attempt } = shown;
  const says = detail === '' ? word : `${word} · ${detail}`;
  const isDone = shown.shape === 'sealed' || shown.shape === 'stale';
  const needs = needsWords(chronicle.state, node);
  return (
    <Frame {...props} level={2} onClick={() => select(id)}>
      <th scope="row" className="ellipsis" title={id}>
        <Twistie {...{ open, onTurn }} />
        {id}
      </th>
      <td>
        <span className="table-state" title={says}>
          <Icon {...{ name: icon, tone, spin, size: 14 }} />
          <span className="ellipsis">{says}</span>
          {shown.needsYou !== null && <Waiting since={shown.needsYou.since} />}
        </span>
      </td>
      <td className="col-contract">
        {shown.version > 0 && <VersionMark version={shown.version} amended={shown.amended} />}
      </td>
      <td className="num col-attempt">{attempt > 0 ? attempt : ''}</td>
      <td>{verdict !== null && <VerdictChip verdict={verdict} />}</td>
      <td className="num">{shown.tests > 0 && `${shown.passed}/${shown.tests}`}</td>
      <td className="col-progress">
        <Progress
          percent={isDone ? 100 : percent}
          {...{ isDone, id, word }}
          inReview={shown.shape === 'review'}
        />
      </td>
      <td className="muted ellipsis col-needs" title={needs}>
        {needs}
      </td>
      <td className="ellipsis col-stream">{shown.stream}</td>
      <td className="num muted col-tokens">
        {shown.spent.tokens > 0 && tokens(shown.spent.tokens)}
      </td>
      <td className="num col-cost" title={moneyNote(shown.money)}>
        {shown.spent.tokens > 0 && briefMoney(shown.spent.microUsd, shown.money)}
      </td>
      <td className="num col-eta">{!isDone && doneInMs !== null && etaWords(doneInMs)}</td>
    </Frame>
  );
}

function Progress(props: {
  percent: number | null;
  isDone: boolean;
  inReview: boolean;
  id: string;
  word: string;
}): ReactElement | null {
  const { percent, isDone, inReview, id, word } = props;
  if (percent === null) return null;
  const tone = isDone ? 'plain' : inReview ? 'review' : 'run';
  return (
    <span className="table-progress">
      <Bar {...{ percent, tone, label: `${id}, ${word}` }} />
      <span className="num small">{Math.round(percent)}%</span>
    </span>
  );
}

const etaWords = (ms: number): string =>
  ms < 60_000 ? '< 1 min' : `${Math.round(ms / 60_000)} min`;

export const SubmissionRowOf = memo(function SubmissionRowOf(
  props: RowProps & { submission: SubmissionRow },
): ReactElement {
  const { submission } = props;
  const { module, tree, version, attempt, superseded, verdict, passed, tests } = submission;
  return (
    <Frame {...props} level={3} open={null}>
      <th scope="row">
        <FileLink
          stays
          className="mono small"
          title={t('Open the diff of submission {0}', tree)}
          onClick={() => host.act({ do: 'diff-submission', module, tree })}
        >
          {tree.slice(0, 7)}
        </FileLink>
      </th>
      <td className="muted col-state table-over">
        {rich('attempt {0} of v{1}{2}', attempt, version, superseded ? ', superseded' : '')}
      </td>
      <Empty columns={['contract', 'attempt']} />
      <td>{verdict !== null && <VerdictChip verdict={verdict} />}</td>
      <td className="num">{tests > 0 && `${passed}/${tests}`}</td>
      <td className="muted col-progress table-over">{oneLine(submission.summary, 200)}</td>
      <Empty columns={last} />
    </Frame>
  );
});
