import type { ReactElement, ReactNode } from 'react';
import { plural, t } from '../../core/language.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { minutesText } from '../../core/projections/figures.ts';
import type { Forecast } from '../../core/projections/forecast.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { IconButton, TextLink } from '../parts/controls.tsx';
import { mostBuilders, usePreview } from './preview-store.ts';

/** How long a run of the plan would take, beside what it is compared with, and with how many builders. */
export function Figures(props: { readonly plan: Plan; readonly forecast: Forecast }): ReactElement {
  const { plan, forecast } = props;
  const { minutes, sequential, lowerBound } = forecast;
  const estimates = usePreview((state) => state.estimates);
  const saved = sequential - minutes;
  const percent = sequential === 0 ? 0 : Math.round((100 * saved) / sequential);
  return (
    <header className="preview-figures" aria-label={t('Prediction')}>
      <Figure label={oneLine(plan.artifact.name, 60)}>
        {plural(plan.modules.length, '{0} module', '{0} modules')}
        <small>{plural(forecast.lanes.length, '{0} stream', '{0} streams')}</small>
      </Figure>
      <Figure label={t('Predicted')} title={t('Until everything is sealed, {0}', estimates)}>
        <span className="strong">{t('{0} min', minutesText(minutes))}</span>
      </Figure>
      <Figure label={t('In sequence')} title={t('The same work by one agent after the other')}>
        {t('{0} min', minutesText(sequential))}
        {percent > 0 && <small>{t('saves {0} %', percent)}</small>}
      </Figure>
      <Figure label={t('At least')} title={t('No schedule with these places is shorter')}>
        {t('{0} min', minutesText(lowerBound))}
      </Figure>
      <span className="spacer" />
      <Builders plan={plan} builders={forecast.builders} />
    </header>
  );
}

function Builders({ plan, builders }: { readonly plan: Plan; readonly builders: number }) {
  const set = usePreview((state) => state.setBuilders);
  const own = plan.pools.builders.max;
  const take = (count: number): void => set(count === own ? null : count);
  return (
    <div className="metric preview-builders" role="group" aria-label={t('Builders')}>
      <div className="metric-label" aria-hidden="true">
        {t('Builders')}
      </div>
      <div className="metric-value">
        <IconButton
          icon="remove"
          label={t('One builder less')}
          disabled={builders <= 1}
          onClick={() => take(builders - 1)}
        />
        <output className="num">{builders}</output>
        <IconButton
          icon="add"
          label={t('One builder more')}
          disabled={builders >= mostBuilders}
          onClick={() => take(builders + 1)}
        />
        {builders !== own && <TextLink onClick={() => set(null)}>{t('plan: {0}', own)}</TextLink>}
      </div>
    </div>
  );
}

function Figure(props: {
  readonly label: string;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}) {
  const { label, title, children } = props;
  return (
    <div className="metric" role="group" aria-label={label} title={title}>
      <div className="metric-label" aria-hidden="true">
        {label}
      </div>
      <div className="metric-value">{children}</div>
    </div>
  );
}
