import type { ReactElement, ReactNode } from 'react';
import { t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Action, Desk, DeskFolder } from '../../protocol/board.ts';
import { host } from '../host.ts';
import { Button, TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Section } from '../parts/Section.tsx';
import { Wall } from './Wall.tsx';

/** What is shown where there is nothing yet: always with what to do next. */
export function Beginning({ folders }: { folders: readonly DeskFolder[] }): ReactElement {
  return (
    <Section title={t('Run board')}>
      <div className="sidebar-beginning">
        <p>
          {folders.length > 1
            ? t('No run in this workspace yet.')
            : t('No run in this folder yet.')}
        </p>
        <p>
          {t(
            'A plan names the modules, their contracts and the tests that decide. Many agents then build at once, and you watch it here.',
          )}
        </p>
        <div>
          <Wide primary does={{ do: 'run-example' }}>
            {t('Run the example')}
          </Wide>
          <p className="small muted">
            {t('A small compiler, 8 modules. About 1 minute. Needs no key and no network.')}
          </p>
        </div>
        <div className="sidebar-stack">
          <Wide does={{ do: 'create-plan' }}>{t('New plan file…')}</Wide>
          <Plans folders={folders} />
        </div>
        <Wall />
        <p className="small">
          <TextLink onClick={() => host.act({ do: 'open-walkthrough' })}>
            {t('How a run works')}
          </TextLink>
        </p>
      </div>
    </Section>
  );
}

/** More plans than this are chosen from in the editor's own list. */
const shownPlans = 8;

/** The plans that lie here, each to be opened or run; without any, one can be looked for. */
function Plans({ folders }: { folders: readonly DeskFolder[] }): ReactElement {
  const several = folders.length > 1;
  const plans = folders.flatMap(({ name, plans: found }) =>
    found.map(({ uri, path }) => ({ uri, path: several ? `${name}/${path}` : path })),
  );
  return (
    <>
      {plans.length > 0 && (
        <ul className="sidebar-plans" aria-label={t('Plan files')}>
          {plans.slice(0, shownPlans).map(({ uri, path }) => (
            <Plan key={uri} uri={uri} path={oneLine(path)} />
          ))}
        </ul>
      )}
      {(plans.length === 0 || plans.length > shownPlans) && (
        <Wide does={{ do: 'run-plan' }}>{t('Open a plan file…')}</Wide>
      )}
    </>
  );
}

function Plan({ uri, path }: { uri: string; path: string }): ReactElement {
  return (
    <li className="row gap-6">
      <Icon name="file" tone="muted" size={14} />
      <TextLink
        {...{ className: 'ellipsis', title: t('Open {0}', path) }}
        onClick={() => host.act({ do: 'open-plan', uri })}
      >
        {path}
      </TextLink>
      <span className="spacer" />
      <Button
        {...{ icon: 'play', title: t('Run {0}', path) }}
        onClick={() => host.act({ do: 'run-plan', uri })}
      >
        {t('Run')}
      </Button>
    </li>
  );
}

export function NoFolder(): ReactElement {
  return (
    <div className="sidebar-beginning">
      <p>{t('No folder is open.')}</p>
      <p>{t('A run belongs to a folder: it builds on its files, and leaves them as they are.')}</p>
      <Wide primary does={{ do: 'open-folder' }}>
        {t('Open folder…')}
      </Wide>
      <Wall />
      <p className="small">
        <TextLink onClick={() => host.act({ do: 'open-walkthrough' })}>
          {t('How a run works')}
        </TextLink>
      </p>
    </div>
  );
}

export function Restricted(): ReactElement {
  return (
    <div className="sidebar-beginning" role="note">
      <p className="row gap-6">
        <Icon name="shield" tone="muted" />
        {t('This workspace is restricted.')}
      </p>
      <p className="small muted">
        {t('Nothing is run in it until you trust it. Past runs can be looked at.')}
      </p>
      <Wide does={{ do: 'manage-trust' }}>{t('Manage workspace trust')}</Wide>
    </div>
  );
}

/** A part of the extension cannot be loaded: runs are where they were, and cannot be read by it. */
export function Broken({ says }: { says: string }): ReactElement {
  return (
    <div className="sidebar-beginning" role="alert">
      <p className="row gap-6">
        <Icon name="error" tone="fail" />
        <span className="strong">{t('Ashlar cannot work here')}</span>
      </p>
      <p className="small sidebar-wraps">{oneLine(says, 600)}</p>
      <div className="sidebar-stack">
        <Wide primary does={{ do: 'reload-window' }}>
          {t('Reload window')}
        </Wide>
        <Wide does={{ do: 'show-output' }}>{t('Show output')}</Wide>
      </div>
    </div>
  );
}

/** A run that is not there yet: its plan and contracts are held against the bar first. */
export function Preparing({ plan, says }: NonNullable<Desk['starting']>): ReactElement {
  return (
    <Section title={t('Preparing a run')}>
      <div className="sidebar-run" role="status">
        <p className="row gap-6 medium">
          <Icon name="sync" tone="run" size={14} spin />
          <span className="strong ellipsis" title={oneLine(plan, 400)}>
            {oneLine(plan, 120)}
          </span>
        </p>
        <p className="small muted">{oneLine(says, 200)}</p>
        <p className="small">
          <TextLink onClick={() => host.act({ do: 'show-output' })}>{t('Show output')}</TextLink>
        </p>
      </div>
    </Section>
  );
}

function Wide(props: { primary?: boolean; does: Action; children: ReactNode }): ReactElement {
  const { primary = false, does, children } = props;
  return (
    <Button
      {...{ kind: primary ? 'primary' : 'secondary', className: 'sidebar-wide' }}
      onClick={() => host.act(does)}
    >
      {children}
    </Button>
  );
}
