import { t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { host } from '../host.ts';
import { TextLink } from '../parts/controls.tsx';
import { rich } from '../parts/rich.tsx';
import { useBoard } from '../store.ts';
import { Banner, useJournalProblem } from './Banner.tsx';

/** What is wrong with the run as it lies on the disk; nobody can put that away. Loaded late: most runs are sound. */
export function StandingBanners() {
  return (
    <>
      <JournalBanner />
      <GoneBanner />
    </>
  );
}

/** What is wrong with the journal of the run that is shown; what came before it stands. */
function JournalBanner() {
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
function GoneBanner() {
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
