import type { ReactNode } from 'react';
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
export function Banner({ icon, children }: Props) {
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

/** null where the journal is sound, or nothing is known of it. */
export function useJournalProblem(): string | null {
  return useBoard(({ desk, key }) => {
    if (desk === null || key === null) return null;
    const run = desk.runs.find((each) => each.key.run === key.run);
    return run?.problem ?? null;
  });
}
