import type { ReactElement } from 'react';
import { t } from '../../core/language.ts';
import type { DiffLine, FileDiff } from '../../protocol/board.ts';
import './Diff.css';
import { shownPath } from './shown-path.ts';

const signs: Readonly<Record<DiffLine['kind'], string>> = {
  same: '  ',
  added: '+ ',
  removed: '− ',
  gap: '',
};

/** What changed, file by file; the editor's own diff is one click away where more is wanted. */
export function DiffView({ files }: { files: readonly FileDiff[] }): ReactElement {
  if (files.length === 0) return <p className="muted medium">{t('No differences.')}</p>;
  return (
    <>
      {files.map((file) => (
        <FileChanges key={file.path} file={file} />
      ))}
    </>
  );
}

function FileChanges({ file }: { file: FileDiff }): ReactElement {
  const { added, removed, lines, cut } = file;
  const path = shownPath(file.path);
  return (
    <figure
      className="diff"
      aria-label={t('{0}, {1} lines added, {2} removed', path, added, removed)}
    >
      <figcaption className="diff-head">
        <span className="ellipsis" title={path}>
          {path}
        </span>
        <span className="nowrap num">
          +{added} −{removed}
        </span>
      </figcaption>
      {lines.length > 0 && (
        <div className="diff-lines" tabIndex={0} role="group" aria-label={t('Lines of {0}', path)}>
          <ol>
            {lines.map((line, index) => (
              <li key={index} className={`diff-line diff-${line.kind}`}>
                {line.kind === 'gap' ? '⋯' : `${signs[line.kind]}${line.text}`}
              </li>
            ))}
          </ol>
        </div>
      )}
      {cut && (
        <p className="diff-line diff-gap">
          {lines.length === 0 ? t('No text, or too long to show here') : t('⋯ more in the editor')}
        </p>
      )}
    </figure>
  );
}
