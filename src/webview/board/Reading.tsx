import type { ReactNode } from 'react';
import { t } from '../../core/language.ts';
import { Icon } from '../parts/Icon.tsx';
import './NoRun.css';

/** Where a run is yet to come. */
export function Reading() {
  return (
    <Page icon="loading" spin title={t('Reading the run…')}>
      <p className="muted">{t('Its events are on their way.')}</p>
    </Page>
  );
}

interface PageProps {
  readonly icon: string;
  readonly spin?: boolean;
  readonly title: string;
  readonly children: ReactNode;
}

/** The board without a run. */
export function Page({ icon, spin = false, title, children }: PageProps) {
  return (
    <main className="no-run" aria-live="polite">
      <h1>
        <Icon name={icon} spin={spin} tone="muted" /> {title}
      </h1>
      {children}
    </main>
  );
}
