import { useState, type ReactElement, type ReactNode } from 'react';
import { rich } from '../parts/rich.tsx';
import { plural, t } from '../../core/language.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { DeskRun } from '../../protocol/board.ts';
import { useNow } from '../clock.ts';
import { host } from '../host.ts';
import { Count } from '../parts/Chip.tsx';
import { TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Section } from '../parts/Section.tsx';
import { runLine, runLook, when } from './run-row.ts';

/** Rows of past runs that are shown at once. */
const pageOfRuns = 10;

/** Runs that are not over and are not the one shown in full; clicking one shows it instead. */
export function OpenRuns({ runs }: { runs: readonly DeskRun[] }): ReactElement {
  const needy = [...runs].sort((a, b) => b.needs - a.needs);
  return (
    <Section title={t('Other open runs')}>
      <ul className="sidebar-list">
        {needy.map((run) => (
          <Row
            key={keyOf(run)}
            run={run}
            onOpen={() => host.act({ do: 'select-run', key: run.key })}
          >
            {run.needs > 0 && <Needs run={run} />}
          </Row>
        ))}
      </ul>
    </Section>
  );
}

/** Runs that are over, the newest first; clicking one opens its board. */
export function PastRuns({ runs }: { runs: readonly DeskRun[] }): ReactElement {
  const [most, setMost] = useState(pageOfRuns);
  if (runs.length === 0) {
    return (
      <Section
        title={t('Past runs')}
        open={false}
        action={<span className="small muted">{t('none')}</span>}
      >
        <p className="sidebar-pad small muted">{t('Runs that are over are kept here.')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('Past runs')}>
      <ul className="sidebar-list">
        {runs.slice(0, most).map((run) => (
          <Row
            key={keyOf(run)}
            run={run}
            onOpen={() => host.act({ do: 'open-board', key: run.key })}
            postmortem
          />
        ))}
      </ul>
      {runs.length > most && (
        <p className="sidebar-pad small">
          <TextLink onClick={() => setMost(most + 50)}>
            {rich('Show {0} more', Math.min(50, runs.length - most))}
          </TextLink>
        </p>
      )}
    </Section>
  );
}

/** Another run that waits for a person: how many things, then which run. */
export function NeedyRun({ run }: { run: DeskRun }): ReactElement {
  return (
    <Row run={run} onOpen={() => host.act({ do: 'select-run', key: run.key })}>
      <Needs run={run} />
    </Row>
  );
}

function Needs({ run }: { run: DeskRun }): ReactElement {
  return (
    <Count
      count={run.needs}
      needsYou
      label={t('{0} to decide', plural(run.needs, '{0} thing', '{0} things'))}
    />
  );
}

function Row(props: {
  run: DeskRun;
  onOpen: () => void;
  postmortem?: boolean;
  /** In place of the icon. */
  children?: ReactNode;
}): ReactElement {
  const { run, onOpen, postmortem = false, children } = props;
  const { key, artifact, startedAt, outcome } = run;
  const now = useNow(60_000);
  const { icon, tone, spin } = runLook(run);
  const name = `${key.run.slice(-4)} · ${oneLine(artifact, 60)}`;
  const line = runLine(run);
  const hasReport = postmortem && outcome !== null && run.problem === null;
  return (
    <li className="sidebar-row sidebar-link-row">
      {children !== undefined && children !== false ? (
        <span className="sidebar-count">{children}</span>
      ) : (
        <Icon {...{ name: icon, tone, spin, size: 14 }} label={outcome ?? t('open')} />
      )}
      <button
        {...{ type: 'button', className: 'sidebar-row-link ellipsis', onClick: onOpen }}
        title={t('Run {0}', key.run)}
      >
        {name}
      </button>
      <span className="small muted num nowrap">{when(startedAt, now)}</span>
      <span className="sidebar-second row gap-4">
        <span className="ellipsis" title={line}>
          {line}
        </span>
        {hasReport && outcome !== 'complete' && (
          <>
            <span aria-hidden="true">·</span>
            <TextLink
              className="sidebar-report"
              onClick={() => host.act({ do: 'open-postmortem', key })}
            >
              {t('postmortem')}
            </TextLink>
          </>
        )}
      </span>
    </li>
  );
}

const keyOf = ({ key }: DeskRun): string => `${key.folder} ${key.run}`;
