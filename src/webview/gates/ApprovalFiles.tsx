import { useState, type ReactElement } from 'react';
import type { Digest, GateId, RunId } from '../../core/ids.ts';
import { plural, t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { useAnswer } from '../drawer/use-answer.ts';
import { host } from '../host.ts';
import { TextLink } from '../parts/controls.tsx';

/** More files are counted; the diff has them. */
const MAX_LISTED = 40;

/** What lands by an approval, file by file, and the diffs that show it. */
export function ApprovalFiles(props: {
  readonly run: RunId;
  readonly gate: GateId;
  /** Of the moment that is looked at. */
  readonly subject: Digest;
}): ReactElement {
  const { run, gate, subject: submission } = props;
  const [open, setOpen] = useState(false);
  const answer = useAnswer(run, { about: 'approval', gate, submission });
  const told = answer?.about === 'approval' ? answer : null;
  const listed = told?.files.slice(0, MAX_LISTED) ?? [];
  const more = (told?.count ?? 0) - listed.length;
  const changed = told?.changed ?? null;
  const [added, removed] = (told?.files ?? []).reduce(
    ([plus, minus], file) => [plus + file.added, minus + file.removed],
    [0, 0],
  );
  return (
    <>
      <div className="row need-links">
        <span data-key="open">
          <TextLink onClick={() => host.act({ do: 'diff-approval', gate, submission })}>
            {t('Diff against base')}
          </TextLink>
        </span>
        {changed !== null && (
          <TextLink onClick={() => host.act({ do: 'compare-approval', gate, submission })}>
            {plural(
              changed,
              '{0} file changed since it last asked…',
              '{0} files changed since it last asked…',
            )}
          </TextLink>
        )}
        {told !== null && told.count > 0 && (
          <button
            {...{ type: 'button', className: 'text-link', 'aria-expanded': open }}
            onClick={() => setOpen(!open)}
          >
            {open
              ? plural(told.count, 'Hide the {0} file that lands', 'Hide the {0} files that land')
              : plural(told.count, 'Show the {0} file that lands', 'Show the {0} files that land')}
          </button>
        )}
        {told !== null && (
          <span className="muted num">
            {/* Of more files than are compared line by line, no sum is known. */}
            {told.count === told.files.length && `+${added} −${removed}`}
          </span>
        )}
        {answer?.about === 'failure' && (
          <span className="muted">{oneLine(answer.message, 300)}</span>
        )}
      </div>
      {open && (
        <ul className="need-files" aria-label={t('Files that land')}>
          {listed.map((file) => (
            <li key={file.path} className="row gap-6">
              <span className="mono small ellipsis" title={oneLine(file.path, 400)}>
                {oneLine(file.path, 400)}
              </span>
              <span className="spacer" />
              <span className="num small nowrap">
                <span className="tone-pass">+{file.added}</span>{' '}
                <span className="tone-fail">−{file.removed}</span>
              </span>
            </li>
          ))}
          {more > 0 && (
            <li className="small muted">{plural(more, 'and {0} more', 'and {0} more')}</li>
          )}
        </ul>
      )}
    </>
  );
}
