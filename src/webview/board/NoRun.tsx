import { t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Action } from '../../protocol/board.ts';
import { host } from '../host.ts';
import { Button } from '../parts/controls.tsx';
import { useBoard } from '../store.ts';
import { useJournalProblem } from './Banner.tsx';
import { Page, Reading } from './Reading.tsx';

/** What the board shows where it has no run: why, and what to do about it. Loaded late: most boards have one. */
export function NoRun() {
  const desk = useBoard((state) => state.desk);
  const problem = useJournalProblem();
  if (problem !== null) {
    return (
      <Page icon="error" title={t("This run's journal cannot be read")}>
        <p>{oneLine(problem, 600)}</p>
        <Do actions={[[t('Show output'), { do: 'show-output' }]]} />
      </Page>
    );
  }
  if (desk === null) return <Reading />;
  if (desk.starting !== null) {
    return (
      <Page icon="loading" spin title={t('Preparing a run')}>
        <p className="muted">{oneLine(desk.starting.says, 200)}</p>
      </Page>
    );
  }
  if (!desk.trusted) {
    return (
      <Page icon="shield" title={t('This workspace is restricted')}>
        <p>
          {t('Nothing is run here until you trust the workspace. Earlier runs can be looked at.')}
        </p>
        <Do actions={[[t('Manage workspace trust'), { do: 'manage-trust' }]]} />
      </Page>
    );
  }
  return <Beginning />;
}

function Beginning() {
  const plans = useBoard((state) => state.desk?.folders.some(({ plans }) => plans.length > 0));
  const folders = useBoard((state) => state.desk?.folders.length ?? 0);
  const latest = useBoard((state) => state.desk?.runs[0]);
  const actions: [string, Action][] = [
    ...(plans === true
      ? ([[t('Run a plan'), { do: 'run-plan' }]] satisfies [string, Action][])
      : []),
    [t('Run the example'), { do: 'run-example' }],
    folders === 0
      ? [t('Open a folder'), { do: 'open-folder' }]
      : [t('Create a plan'), { do: 'create-plan' }],
  ];
  if (latest !== undefined) {
    actions.push([t('Open the latest run'), { do: 'select-run', key: latest.key }]);
  }
  return (
    <Page icon="layers" title={t('No run to show')}>
      <p>
        {t(
          'A run builds the modules of a plan side by side. Its graph, its gates and its figures appear here as soon as one is started.',
        )}
      </p>
      <Do actions={actions} />
    </Page>
  );
}

function Do({ actions }: { readonly actions: readonly (readonly [string, Action])[] }) {
  return (
    <div className="row">
      {actions.map(([label, action], at) => (
        <Button
          key={label}
          kind={at === 0 ? 'primary' : 'secondary'}
          onClick={() => host.act(action)}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
