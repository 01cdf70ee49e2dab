import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Card } from '../../core/projections/card.ts';
import { age } from '../../core/projections/figures.ts';
import { briefMoney, moneyNote } from '../../core/projections/money-known.ts';
import { isShown } from '../board/state-group.ts';
import { t } from '../../core/language.ts';
import { silenceMs } from '../../core/projections/silence.ts';
import { useNow } from '../clock.ts';
import { Bar } from '../parts/Bar.tsx';
import { NeedsYouChip, VerdictChip, VersionMark } from '../parts/Chip.tsx';
import { Icon } from '../parts/Icon.tsx';
import { looks } from '../parts/looks.ts';
import { Stone } from '../parts/Stone.tsx';
import { useDriven } from '../standstill.ts';
import { useBoard } from '../store.ts';
import { cardAt, isStill } from './card-at.ts';
import { MEASURES } from './measures.ts';
import type { ModuleNode } from './nodes.ts';
import { isOffTrace } from './traced.ts';
import './ModuleCard.css';

/**
 * A module of the graph. Draws itself again only when something on its own card changes. It is read aloud
 * as it stands there, from its name on.
 */
export const ModuleCard = memo(function ModuleCard({ data }: NodeProps<ModuleNode>) {
  const { node, size } = data;
  const shown = useBoard(({ chronicle }) =>
    isStill(chronicle, node, ['module']) ? cardAt(chronicle, node) : null,
  );
  const selected = useBoard((state) => shown !== null && state.selected === shown.id);
  const dim = useBoard(
    (state) => shown !== null && (!isShown(state.filter, shown) || isOffTrace(state, node)),
  );
  const select = useBoard((state) => state.select);
  if (shown === null) return null;
  const { cardWidth, cardHeight } = MEASURES[size];
  const quiet = shown.shape === 'planned' || shown.shape === 'waiting' || shown.shape === 'ready';
  return (
    <div
      {...{ role: 'button', tabIndex: 0, 'aria-pressed': selected }}
      {...{ 'data-node': node, onClick: () => select(shown.id) }}
      className={`card card-${shown.shape} ${selected ? 'card-selected' : ''} ${quiet ? 'card-quiet' : ''} ${dim ? 'card-dim' : ''}`}
    >
      <Stone
        {...{ shape: shown.shape, width: cardWidth, height: cardHeight, ghost: shown.ghost }}
        needsYou={shown.needsYou !== null}
      />
      <Title {...{ shown, compact: size === 'compact' }} />
      <State shown={shown} />
      {size !== 'compact' && (
        <>
          <Judged shown={shown} />
          <Foot shown={shown} />
        </>
      )}
      {shown.percent !== null && (
        <div className="card-progress">
          <Bar
            {...{ percent: shown.percent, tone: shown.shape === 'review' ? 'review' : 'run' }}
            label={`${shown.id}, ${shown.word}`}
          />
        </div>
      )}
      {shown.needsYou !== null && (
        <div className="card-flag" title={shown.needsYou.says}>
          <Waiting since={shown.needsYou.since} />
        </div>
      )}
    </div>
  );
});

/** `parser, Revising, 64 %` */
export function spoken({ id, word, percent, needsYou }: Card): string {
  const parts: string[] = [id, word];
  if (percent !== null) parts.push(`${Math.round(percent)} %`);
  if (needsYou !== null) parts.push(t('needs you: {0}', needsYou.says));
  return parts.join(', ');
}

function Title({ shown, compact }: { shown: Card; compact: boolean }) {
  const { icon, tone, spin } = looks[shown.shape];
  const { verdict } = shown;
  return (
    <div className="card-title">
      <Icon {...{ name: icon, tone, spin }} />
      <b className="ellipsis" title={shown.id}>
        {shown.id}
      </b>
      <span className="spacer" />
      {compact && verdict === 'FAIL' && <Icon name="error" tone="fail" size={14} label={verdict} />}
      {compact && verdict === 'NEEDS_REVISION' && (
        <Icon name="discard" tone="revise" size={14} label={verdict} />
      )}
      {(!compact || shown.amended) && shown.version > 0 && (
        <VersionMark version={shown.version} amended={shown.amended} />
      )}
    </div>
  );
}

/** What cannot go on says what holds it, in as many words as that takes. */
const heldShapes: ReadonlySet<Card['shape']> = new Set(['waiting', 'ready', 'blocked', 'failed']);

function State({ shown }: { shown: Card }) {
  const { word, detail, percent, shape, heardMs } = shown;
  const says = detail === '' ? word : `${word} · ${detail}`;
  if (heldShapes.has(shape)) {
    return (
      <div className="card-state card-state-held" title={says}>
        <span className="card-held">{says}</span>
      </div>
    );
  }
  return (
    <div className="card-state" title={says}>
      <span className={detail === '' ? 'ellipsis' : 'card-word'}>{word}</span>
      {heardMs === null ? (
        <Detail {...{ detail, waits: shape === 'stale' }} />
      ) : (
        <AtWork {...{ detail, heardMs }} />
      )}
      <span className="spacer" />
      {percent !== null && <span className="num small">{Math.round(percent)}%</span>}
    </div>
  );
}

function Detail({ detail, waits }: { detail: string; waits: boolean }) {
  if (detail === '') return null;
  return (
    <span className="card-detail muted small">
      {waits && <Icon name="clockface" size={12} />}
      <span className="ellipsis">{detail}</span>
    </span>
  );
}

/** What its agent said last; that it says nothing, where it has said nothing for long. */
function AtWork({ detail, heardMs }: { detail: string; heardMs: number }) {
  const now = useNow(10_000);
  const driven = useDriven();
  const plan = useBoard((state) => state.chronicle?.state.plan ?? null);
  const ms = plan === null || !driven ? null : silenceMs(plan, heardMs, now);
  if (ms === null) return <Detail detail={detail} waits={false} />;
  const says = t('silent for {0}', age(ms));
  return (
    <span className="card-detail card-silent small" title={says}>
      <Icon name="mute" tone="revise" size={12} />
      <span className="ellipsis">{says}</span>
    </span>
  );
}

function Judged({ shown: { verdict, passed, tests } }: { shown: Card }) {
  if (verdict === null) return <div className="card-judged muted">{t('no verdict yet')}</div>;
  return (
    <div className="card-judged">
      <VerdictChip verdict={verdict} />
      {tests > 0 && (
        <span className="muted num">
          {passed}/{tests}
        </span>
      )}
    </div>
  );
}

function Foot({ shown: { shape, kind, stream, attempt, spent, money } }: { shown: Card }) {
  const unbuilt = shape === 'sealed' || shape === 'stale' ? t('not built anew') : t('not started');
  return (
    <div className="card-foot muted">
      {kind === 'document' && <Icon name="book" size={12} label={t('document')} />}
      <span className="ellipsis">{stream}</span>
      <span>·</span>
      <span className="nowrap">{attempt > 0 ? t('attempt {0}', attempt) : unbuilt}</span>
      <span className="spacer" />
      <span className="num" title={moneyNote(money)}>
        {briefMoney(spent.microUsd, money)}
      </span>
    </div>
  );
}

/** For how long a person has been waited for. */
export function Waiting({ since }: { since: number | null }) {
  const now = useNow();
  return <NeedsYouChip age={since === null ? undefined : age(now - since)} />;
}
