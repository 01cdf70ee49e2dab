import { useState, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import { plural, t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { age } from '../../core/projections/figures.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { duration, listed } from '../../core/projections/words.ts';
import { useNow } from '../clock.ts';
import { AgeChip } from '../gates/Age.tsx';
import { useDecision } from '../gates/decision.ts';
import { openingOf } from '../gates/opening.ts';
import { Button, TextLink } from '../parts/controls.tsx';
import { EvidenceBlock } from '../parts/Evidence.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useStandstill } from '../standstill.ts';
import type { ListedConflict } from './conflict-order.ts';
import './ConflictList.css';

/** Rows that are drawn at once; the rest is one click away. */
const pageOfRows = 20;

/** What parties were at odds about, what was found, and how it was decided or who is to decide it. */
export function ConflictList(props: {
  chronicle: Chronicle;
  conflicts: readonly ListedConflict[];
}): ReactElement {
  const { chronicle, conflicts } = props;
  const [most, setMost] = useState(pageOfRows);
  return (
    <>
      <ul className="conflicts">
        {conflicts.slice(0, most).map((conflict) => (
          <Conflict key={conflict.id} {...{ chronicle, conflict }} />
        ))}
      </ul>
      {conflicts.length > most && (
        <TextLink className="small" onClick={() => setMost(Infinity)}>
          {rich('Show all {0}', conflicts.length)}
        </TextLink>
      )}
    </>
  );
}

interface ConflictProps {
  readonly chronicle: Chronicle;
  readonly conflict: ListedConflict;
}

function Conflict({ chronicle, conflict }: ConflictProps): ReactElement {
  const { title, parties, about, resolved, since, yours, evidence, module } = conflict;
  const names = listed(parties, 4);
  const onOpen = module === null ? undefined : openingOf(chronicle, module);
  return (
    <li className="conflict" aria-label={`${title}: ${names}`}>
      <div className="conflict-head">
        <Icon
          name={resolved === null ? 'law' : 'pass'}
          tone={yours ? 'you' : resolved === null ? 'review' : 'muted'}
          size={14}
          label={resolved === null ? t('open') : t('decided')}
        />
        <span>
          <span className="strong">{title}</span> <span className="muted small">{names}</span>
        </span>
        {yours ? <AgeChip since={since} /> : <When conflict={conflict} />}
      </div>
      <p>{about}</p>
      {evidence.length > 0 && (
        <details open={resolved === null}>
          <summary className="small">
            {rich('{0} of evidence', plural(evidence.length, '{0} piece', '{0} pieces'))}
          </summary>
          <EvidenceBlock evidence={evidence} onOpen={onOpen} />
        </details>
      )}
      <Outcome conflict={conflict} />
    </li>
  );
}

/** Who decides where no person does: the rule says it already. */
const rulesOwn: ReadonlySet<string> = new Set(['ashlar', 'arbiter']);

/** How long it has been open, or was. */
function When({ conflict: { since, resolved } }: { conflict: ListedConflict }): ReactElement {
  const now = useNow(10_000);
  return (
    <span className="muted small num nowrap">
      {resolved === null
        ? t('open for {0}', age(now - since))
        : resolved.at - since < 1_000
          ? t('decided at once')
          : t('decided after {0}', duration(resolved.at - since))}
    </span>
  );
}

function Outcome({ conflict }: { conflict: ListedConflict }): ReactElement {
  const { resolved, text, module, yours } = conflict;
  const { sent, send } = useDecision();
  const still = useStandstill();
  const says = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  if (resolved !== null) {
    return (
      <p>
        <span className="strong">{says}</span>
        {rulesOwn.has(resolved.by) ? '' : ` (${oneLine(resolved.by, 60)})`}
        {resolved.reason === '' ? '' : `: ${resolved.reason}`}
      </p>
    );
  }
  if (!yours || module === null) return <p className="muted">{says}.</p>;
  return (
    <div className="row gap-6 conflict-act">
      <Button
        {...{ icon: 'law', disabled: sent || still !== null }}
        onClick={() => send({ do: 'decide-dispute', module })}
      >
        {t('Decide…')}
      </Button>
      <span className="small muted">
        {still === null ? t('It goes on when you have decided.') : `${still}.`}
      </span>
    </div>
  );
}
