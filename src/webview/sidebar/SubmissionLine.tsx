import type { ReactElement } from 'react';
import { t } from '../../core/language.ts';
import { Icon } from '../parts/Icon.tsx';

/** Which submission a decision is about: the beginning of its hash, and all of it to whoever points at it. */
export function SubmissionLine({ subject }: { readonly subject: string }): ReactElement {
  return (
    <p className="small row gap-4" title={subject}>
      <Icon name="git-commit" tone="muted" size={12} />
      <span className="mono small" aria-label={t('submission {0}', subject)}>
        {subject.slice(0, 12)}
      </span>
    </p>
  );
}
