import type { ReactNode } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { host } from '../host.ts';
import { IconButton, TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useBoard } from '../store.ts';
import './Banner.css';

interface Props {
  readonly icon: 'error' | 'warning';
  readonly children: ReactNode;
}

/** A line across the board that stays until its matter is settled. */
function Banner({ icon, children }: Props) {
  return (
    <div className="banner" role="alert">
      <Icon name={icon} tone={icon === 'error' ? 'fail' : 'revise'} size={14} />
      {children}
    </div>
  );
}

/** What a person asked for and did not get, until it is put away. */
export function RefusalBanner() {
  const refusal = useBoard((state) => state.refusal);
  const dismiss = useBoard((state) => state.dismissRefusal);
  if (refusal === null) return null;
  return (
    <Banner icon="error">
      <span className="banner-says">{oneLine(refusal, 600)}</span>
      <TextLink onClick={() => host.act({ do: 'show-output' })}>{t('Show output')}</TextLink>
      <IconButton icon="close" label={t('Dismiss')} onClick={dismiss} />
    </Banner>
  );
}

/** What is wrong with the journal of the run that is shown; what came before it stands. */
export function JournalBanner() {
  const problem = useJournalProblem();
  if (problem === null) return null;
  return (
    <Banner icon="warning">
      <span className="banner-says">
        {rich(
          'The journal is damaged: {0}. The board shows what came before.',
          oneLine(problem, 400),
        )}
      </span>
      <TextLink onClick={() => host.act({ do: 'show-output' })}>{t('Show output')}</TextLink>
    </Banner>
  );
}

/** The folder of the run was removed while it was shown. */
export function GoneBanner() {
  const gone = useBoard((state) => state.gone);
  if (!gone) return null;
  return (
    <Banner icon="warning">
      <span className="banner-says">
        {t(
          'The folder of this run is gone: it was moved or removed. The board shows what was last read; put the folder back to go on.',
        )}
      </span>
    </Banner>
  );
}

/** null where the journal is sound, or nothing is known of it. */
export function useJournalProblem(): string | null {
  return useBoard(({ desk, key }) => {
    if (desk === null || key === null) return null;
    const run = desk.runs.find((each) => each.key.run === key.run);
    return run?.problem ?? null;
  });
}
