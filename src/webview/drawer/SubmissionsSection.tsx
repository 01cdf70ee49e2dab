import { useState } from 'react';
import { t } from '../../core/language.ts';
import type { SubmissionRow } from '../../core/projections/history.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { host } from '../host.ts';
import { VerdictChip } from '../parts/Chip.tsx';
import { FileLink } from '../parts/FileLink.tsx';
import { Section } from '../parts/Section.tsx';
import { ShowAll } from './ShowAll.tsx';
import type { ShownModule } from './shown-module.ts';
import { useAnswer } from './use-answer.ts';

/** So many are looked up at once; a click shows the rest. */
const SHOWN_FIRST = 5;

/** What the module's builders handed in, the newest first. */
export function SubmissionsSection({ shown }: { readonly shown: ShownModule }) {
  const rows = shown.chronicle.history.submissions.get(shown.node);
  const [all, setAll] = useState(false);
  const newest = [...rows].reverse();
  const { seal, formerSeal } = shown.module;
  const wasSealed = seal !== null || formerSeal !== null;
  const listed = all ? newest : newest.slice(0, SHOWN_FIRST);
  return (
    <Section
      title={t('Submissions')}
      aside={rows.length === 0 ? t('· none yet') : `· ${rows.length}`}
      action={
        wasSealed && (
          <FileLink
            className="small"
            onClick={() => host.act({ do: 'open-sealed', module: shown.id })}
          >
            {t('Sealed files…')}
          </FileLink>
        )
      }
    >
      <ul className="drawer-list">
        {listed.map((row) => (
          <Submission
            key={`${row.at} ${row.attempt}`}
            {...{ shown, row, isFirst: row === rows[0] }}
          />
        ))}
      </ul>
      <ShowAll listed={listed.length} of={rows.length} onClick={() => setAll(true)} />
    </Section>
  );
}

interface Props {
  readonly shown: ShownModule;
  readonly row: SubmissionRow;
}

function Submission({ shown, row, isFirst }: Props & { readonly isFirst: boolean }) {
  const { module, tree, version, attempt, summary, superseded, verdict } = row;
  const title = t('Open the diff of submission {0}', tree);
  return (
    <li className="list-row" title={oneLine(summary, 400)}>
      <FileLink
        stays
        className="mono small"
        title={title}
        onClick={() => host.act({ do: 'diff-submission', module, tree })}
      >
        {tree.slice(0, 7)}
      </FileLink>
      <span className="muted nowrap" title={t('contract v{0}, attempt {1}', version, attempt)}>
        v{version} · {attempt}
      </span>
      <Changed shown={shown} row={row} />
      {!isFirst && (
        <FileLink
          className="small"
          title={t('Compare it with the seal or the submission before it, or with the base')}
          onClick={() => host.act({ do: 'compare-submission', module, tree })}
        >
          {t('Compare…')}
        </FileLink>
      )}
      <span className="spacer" />
      {superseded && <span className="muted small">{t('superseded')}</span>}
      {verdict !== null ? (
        <VerdictChip verdict={verdict} />
      ) : (
        !superseded && <span className="muted small">{t('not judged yet')}</span>
      )}
    </li>
  );
}

/** How many lines it adds and removes; nothing where nobody can tell. */
function Changed({ shown, row: { module, tree } }: Props) {
  const answer = useAnswer(shown.chronicle.state.run, { about: 'submission', module, tree });
  if (answer?.about !== 'submission') return null;
  let [added, removed] = [0, 0];
  for (const file of answer.files) {
    added += file.added;
    removed += file.removed;
  }
  return (
    <span className="num small nowrap">
      {added > 0 && <span className="tone-pass">+{added} </span>}
      {removed > 0 && <span className="tone-fail">−{removed}</span>}
    </span>
  );
}
