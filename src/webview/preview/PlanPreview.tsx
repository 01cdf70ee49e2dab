import { lazy, Suspense, useEffect, useMemo, type MouseEvent, type ReactElement } from 'react';
import { refOf } from '../../core/graph.ts';
import { t } from '../../core/language.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { forecast } from '../../core/projections/forecast.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { board } from '../store.ts';
import { Figures } from './Figures.tsx';
import { preview, usePreview } from './preview-store.ts';
import './PlanPreview.css';
import { Schedule } from './Schedule.tsx';

const fetched = import('../graph/Graph.tsx');
const Graph = lazy(async () => ({ default: (await fetched).Graph }));

/** A plan beside its text: its graph, and when a run of it would do what. */
export function PlanPreview(): ReactElement {
  useEffect(() => preview.connect(), []);
  const plan = usePreview((state) => state.plan);
  const troubles = usePreview((state) => state.troubles);
  if (plan === null) {
    return <main className="preview">{troubles === null ? <Reading /> : <Undrawn />}</main>;
  }
  return plan.modules.length === 0 ? <Empty /> : <Drawn plan={plan} />;
}

function Drawn({ plan }: { readonly plan: Plan }) {
  const builders = usePreview((state) => state.builders);
  const predicted = useMemo(() => forecast(plan, builders), [plan, builders]);
  return (
    <main className="preview">
      <Figures {...{ plan, forecast: predicted }} />
      <Outdated />
      <div className="preview-graph" onClick={reveal}>
        <Suspense fallback={<section className="graph" aria-busy="true" />}>
          <Graph />
        </Suspense>
      </div>
      <Schedule forecast={predicted} />
    </main>
  );
}

/** Whoever clicks on a stone or a gate sees where it is written. */
function reveal({ target }: MouseEvent): void {
  const at = target instanceof Element ? target.closest<HTMLElement>('[data-node]') : null;
  const graph = board.store.getState().chronicle?.state.graph;
  if (at === null || graph === undefined) return;
  preview.reveal(refOf(graph, Number(at.dataset.node)));
}

/** Why what is drawn is not what is written now; it stays as it is until that is mended. */
function Outdated() {
  const troubles = usePreview((state) => state.troubles);
  const isOld = troubles !== null && troubles.length > 0;
  return (
    <div className="preview-old" role="status">
      {isOld && (
        <div className="banner">
          <Icon name="warning" tone="revise" size={14} />
          <div className="banner-says">
            <span>{t('This is the plan as it was before:')}</span> <Troubles />
          </div>
        </div>
      )}
    </div>
  );
}

/** Each leads to its line. */
function Troubles() {
  const troubles = usePreview((state) => state.troubles) ?? [];
  const more = usePreview((state) => state.more);
  return (
    <ul className="preview-troubles">
      {troubles.map(({ line, message }, at) => (
        <li key={at}>
          <TextLink onClick={() => preview.revealLine(line)}>{t('Line {0}', line)}</TextLink>{' '}
          {oneLine(message, 300)}
        </li>
      ))}
      {more > 0 && <li className="muted">{t('and {0} more', more)}</li>}
    </ul>
  );
}

function Undrawn() {
  const file = usePreview((state) => state.file);
  return (
    <div className="preview-page" role="status">
      <h1>
        <Icon name="type-hierarchy" tone="muted" /> {t('The plan cannot be drawn yet')}
      </h1>
      <p>
        {t(
          'What is written in {0} is no plan so far. It appears here as soon as this is mended:',
          oneLine(file, 200),
        )}
      </p>
      <Troubles />
    </div>
  );
}

function Empty() {
  return (
    <main className="preview">
      <div className="preview-page" role="status">
        <h1>
          <Icon name="type-hierarchy" tone="muted" /> {t('The plan names no module yet')}
        </h1>
        <p>
          {t('Each module under “modules:” appears here as a stone, and what it needs as a line.')}
        </p>
      </div>
    </main>
  );
}

function Reading() {
  return (
    <div className="preview-page" aria-busy="true">
      <h1>
        <Icon name="loading" spin tone="muted" /> {t('Reading the plan…')}
      </h1>
    </div>
  );
}
