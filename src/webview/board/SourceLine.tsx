import type { ReactNode } from 'react';
import { t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { utcTime } from '../../core/projections/words.ts';
import { isOver } from '../../core/state.ts';
import type { Source } from '../../protocol/source.ts';
import { Icon } from '../parts/Icon.tsx';
import { useBoard } from '../store.ts';
import './SourceLine.css';

/** Says of a run from elsewhere where it is from, as of when, and what of it is not here. */
export function SourceLine({ children }: { readonly children?: ReactNode }) {
  const source = useBoard((board) => board.source);
  const over = useBoard(({ moments }) => moments.last !== null && isOver(moments.last.state));
  if (source === null) return null;
  const asOf =
    source.kind === 'export'
      ? t('The run was in progress, and is shown as it was then.')
      : t('In progress: as of {0}.', utcTime(source.at));
  const rest = restWords(source);
  return (
    <div className="source-line" role="note">
      <Icon name={source.kind === 'export' ? 'export' : 'lock'} size={14} tone="muted" />
      <span className="source-says">
        <b>{fromWords(source)}</b>
        {!over && <span> {asOf}</span>}
        {rest !== '' && <span className="muted"> {rest}</span>}
        {source.problem !== null && (
          <span className="source-problem">
            <Icon name="warning" tone="revise" size={12} /> {oneLine(source.problem, 500)}
          </span>
        )}
      </span>
      {children}
    </div>
  );
}

function fromWords({ kind, name, exportedAt }: Source): string {
  if (kind === 'file') return t('Read-only, from {0}.', oneLine(name, 120));
  return t('Exported {0}.', utcTime(exportedAt ?? 0));
}

function restWords({ leftOut, exportedAt, kind, product }: Source): string {
  const made =
    kind === 'file' && exportedAt !== null
      ? t('Exported {0} by {1}.', utcTime(exportedAt), oneLine(product, 60))
      : '';
  const lacks = {
    texts: t('What people, agents and checks wrote was left out.'),
    'texts-but-evidence': t('What people and agents wrote was left out; evidence was cleaned.'),
  };
  return `${made} ${leftOut === null ? '' : lacks[leftOut]}`.trim();
}
