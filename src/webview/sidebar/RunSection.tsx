import { useMemo, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import { t } from '../../core/language.ts';
import { age, tokens } from '../../core/projections/figures.ts';
import { briefMoney, moneyKnowledge, moneyNote } from '../../core/projections/money-known.ts';
import { silentAgents } from '../../core/projections/silence.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { isOver, type RunState } from '../../core/state.ts';
import type { DeskRun } from '../../protocol/board.ts';
import { runControls, type RunControl } from '../board/controls.ts';
import { atWork, course, elapsed, saved, waiting } from '../board/figures.ts';
import { phaseWord } from '../board/phase.ts';
import { useNow } from '../clock.ts';
import { host } from '../host.ts';
import { Button, IconButton, TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Section } from '../parts/Section.tsx';
import { useStandstill } from '../standstill.ts';
import { useBoard } from '../store.ts';

/** The current run in a few lines; its title leads to the board. */
export function RunSection(props: {
  run: DeskRun;
  chronicle: Chronicle;
  /** Nothing above it needs a person, so the one primary button may be here. */
  first: boolean;
}): ReactElement {
  const { run, chronicle, first } = props;
  const { key, problem } = run;
  const { state } = chronicle;
  const driver = useBoard((board) => board.driver);
  const mayAct = useStandstill() === null;
  const controls = runControls(state, driver, mayAct);
  const perform = ({ does }: RunControl): void => {
    host.act(does === 'open-postmortem' ? { do: does, key } : { do: does });
  };
  const title = t('Run {0} · {1}', key.run.slice(-4), oneLine(state.plan.artifact.name, 60));
  const icons = controls.map((control) => (
    <IconButton
      key={control.does}
      {...{ icon: control.icon, label: control.label, onClick: () => perform(control) }}
    />
  ));
  const goOn = controls.find(({ does, label }) => does === 'resume' && label === t('Go on'));
  return (
    <Section title={title} onTitle={() => host.act({ do: 'open-board', key })} action={icons}>
      <div className="sidebar-run">
        <Phase chronicle={chronicle} />
        <Course state={state} />
        {goOn !== undefined && (
          <>
            <p className="small">
              {t('Its driver ended before it did. Nothing that was sealed is lost.')}
            </p>
            <Button
              {...{ kind: first ? 'primary' : 'secondary', icon: goOn.icon }}
              {...{ className: 'sidebar-wide', onClick: () => perform(goOn) }}
            >
              {t('Go on')}
            </Button>
          </>
        )}
        {driver === 'elsewhere' && (
          <p className="small row gap-4">
            <Icon name="link-external" tone="muted" size={12} />
            {t('Driven by another window or process')}
          </p>
        )}
        {problem !== null && (
          <p className="small row gap-4" role="alert">
            <Icon name="warning" tone="revise" size={12} />
            {oneLine(problem, 300)}
          </p>
        )}
        <Figures chronicle={chronicle} />
        {isOver(state) && (
          <p className="row gap-12 small">
            <TextLink onClick={() => host.act({ do: 'open-postmortem', key })}>
              {t('Postmortem')}
            </TextLink>
            {mayAct && (
              <TextLink onClick={() => host.act({ do: 'run-plan' })}>{t('Run a plan…')}</TextLink>
            )}
          </p>
        )}
      </div>
    </Section>
  );
}

function Phase({ chronicle }: { chronicle: Chronicle }): ReactElement {
  const driver = useBoard((board) => board.driver);
  const { word, icon, tone, spin } = phaseWord(chronicle, driver);
  const { sealed, modules } = chronicle.state;
  const { modules: building, gates } = atWork(chronicle.state);
  const running = driver === 'nobody' ? 0 : building + gates;
  return (
    <div className="row gap-6 medium">
      <Icon {...{ name: icon, tone, spin, size: 14 }} />
      <span className="strong ellipsis" role="status">
        {word}
      </span>
      {running > 0 && <span className="muted small nowrap">{t('{0} running', running)}</span>}
      <span className="spacer" />
      <span className="num nowrap">{rich('{0}/{1} sealed', sealed, modules.length)}</span>
    </div>
  );
}

/** One stone for each module, up to as many as can be told apart. */
function Course({ state }: { state: RunState }): ReactElement {
  return (
    <div className="sidebar-course" aria-hidden="true">
      {course(state).map((stone, at) => (
        <i key={at} className={`sidebar-stone-${stone}`} />
      ))}
    </div>
  );
}

function Figures({ chronicle }: { chronicle: Chronicle }): ReactElement {
  const { state, timeline } = chronicle;
  const { spent, phase } = state;
  const known = moneyKnowledge(chronicle);
  const running = useBoard((board) => board.driver !== 'nobody');
  const ticking = useNow();
  // The run's own clock stands still while nobody drives it.
  const now = running ? ticking : state.at;
  const time = elapsed(chronicle, now);
  const gain = saved(chronicle, now);
  const over = phase.at === 'finished';
  return (
    <>
      <div className="sidebar-figures small">
        {over ? <span>{oneLine(phase.reason, 120)}</span> : <Blocked state={state} />}
        <span className="num nowrap" title={time.title}>
          {over || time.beside === '' ? t('{0} elapsed', time.value) : t('ETA {0}', time.beside)}
        </span>
      </div>
      <div className="sidebar-figures small muted num">
        <span title={gain.title}>{gain.beside === '' ? '' : t('{0} saved', gain.value)}</span>
        <span title={moneyNote(known)}>
          {rich('{0} tokens · {1}', tokens(spent.tokens), briefMoney(spent.microUsd, known))}
        </span>
      </div>
      {running && !over && <Silent chronicle={chronicle} at={now} />}
      {timeline.delivered !== null && over && (
        <p className="small row gap-4">
          <Icon
            {...{ tone: 'muted', size: 12 }}
            name={timeline.delivered.kind === 'branch' ? 'git-branch' : 'folder'}
          />
          <span className="ellipsis mono small" title={timeline.delivered.name}>
            {oneLine(timeline.delivered.name, 120)}
          </span>
        </p>
      )}
    </>
  );
}

/** More than these are counted. */
const MOST_SILENT = 3;

/** Agents that have said nothing for long: perhaps they are stuck. */
function Silent({ chronicle, at }: { chronicle: Chronicle; at: number }): ReactElement | null {
  const silent = silentAgents(chronicle, at);
  if (silent.length === 0) return null;
  return (
    <ul className="sidebar-silent small" aria-label={t('Agents that are silent')}>
      {silent.slice(0, MOST_SILENT).map(({ module, ms }) => (
        <li key={module} className="row gap-4">
          <Icon name="mute" tone="revise" size={12} />
          <TextLink
            className="ellipsis"
            onClick={() => host.act({ do: 'show', show: { view: 'module', module } })}
          >
            {module}
          </TextLink>
          <span className="nowrap">{t('silent for {0}', age(ms))}</span>
        </li>
      ))}
      {silent.length > MOST_SILENT && (
        <li className="muted">{t('and {0} more', silent.length - MOST_SILENT)}</li>
      )}
    </ul>
  );
}

/** Who is waited for, by name. */
function Blocked({ state }: { state: RunState }): ReactElement {
  const found = useMemo(() => waiting(state), [state]);
  if (found === null) return <span />;
  const { count, on, module, title } = found;
  return (
    <span className="row gap-4" title={title}>
      <Icon name="clockface" tone="muted" size={12} />
      <span className="ellipsis">
        {rich('{0} blocked on', count)}{' '}
        <TextLink
          onClick={() =>
            host.act({
              do: 'show',
              show: module === null ? { view: 'gates' } : { view: 'module', module },
            })
          }
        >
          {on}
        </TextLink>
      </span>
    </span>
  );
}
