import type { ReactElement } from 'react';
import { rich } from './rich.tsx';
import { t } from '../../core/language.ts';
import { evidencePlace } from '../../core/projections/evidence-words.ts';
import { oneLine, severalLines } from '../../core/projections/safe-text.ts';
import type { Evidence } from '../../core/verdict.ts';
import { useHasFiles } from '../standstill.ts';
import { TextLink } from './controls.tsx';
import './Evidence.css';

/** No more pieces than a person reads; what is left out is counted. */
const shownPieces = 20;

/** What speaks for a verdict, piece by piece; a piece that names a file leads there. */
export function EvidenceBlock(props: {
  evidence: readonly Evidence[];
  onOpen?: ((evidence: Evidence) => void) | undefined;
}): ReactElement | null {
  const { evidence } = props;
  const onOpen = useHasFiles() ? props.onOpen : undefined;
  if (evidence.length === 0) return null;
  const more = evidence.length - shownPieces;
  return (
    <ul className="evidence">
      {evidence.slice(0, shownPieces).map((piece, index) => (
        <li key={index}>
          <Place piece={piece} onOpen={onOpen} />
          <div className="evidence-says">{severalLines(piece.says, 40, 4_000).join('\n')}</div>
        </li>
      ))}
      {more > 0 && <li className="small muted">{rich('and {0} more', more)}</li>}
    </ul>
  );
}

function Place(props: {
  piece: Evidence;
  onOpen: ((evidence: Evidence) => void) | undefined;
}): ReactElement | null {
  const { piece, onOpen } = props;
  const place = evidencePlace(piece);
  if (place === '') return null;
  if (piece.file === null || onOpen === undefined) {
    return <div className="evidence-place muted">{place}</div>;
  }
  return (
    <div className="evidence-place">
      <TextLink onClick={() => onOpen(piece)} title={t('Open {0}', oneLine(piece.file))}>
        {place}
      </TextLink>
    </div>
  );
}
