import { t } from '../../core/language.ts';
import { age } from '../../core/projections/figures.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { ContractVersion } from '../../core/module-state.ts';
import { useNow } from '../clock.ts';
import { host } from '../host.ts';
import { VersionMark } from '../parts/Chip.tsx';
import { FileLink } from '../parts/FileLink.tsx';
import { DiffView } from '../parts/Diff.tsx';
import { Section } from '../parts/Section.tsx';
import type { ShownModule } from './shown-module.ts';
import { useAnswer } from './use-answer.ts';

/** What the module promises now, why that was changed, and what it promised before. */
export function ContractSection({ shown }: { readonly shown: ShownModule }) {
  const { module, id, plan } = shown;
  const { version, history } = module.contract;
  const now = useNow(10_000);
  const latest = history.at(-1);
  if (latest === undefined) {
    const says = module.life.at === 'escalated' ? t('· to be written') : t('· being written');
    return <Section title={t('Contract')} aside={says} />;
  }
  const before = history.at(-2)?.version ?? null;
  const aside =
    latest.source === 'plan'
      ? t('· as planned')
      : t('· {0} {1} ago', bySource()[latest.source], age(now - latest.at));
  const diff = { do: 'diff-contract', module: id, from: before ?? version, to: version } as const;
  const open = { do: 'open-contract', module: id, version } as const;
  return (
    <Section
      title={t('Contract v{0}', version)}
      aside={aside}
      action={
        <FileLink className="small" onClick={() => host.act(before === null ? open : diff)}>
          {before === null ? t('Open') : t('Open diff')}
        </FileLink>
      }
    >
      <div className="drawer-body">
        <p>{oneLine(before === null ? plan.purpose : latest.reason, 600)}</p>
        {before !== null && (
          <div className="drawer-changes">
            <Changes shown={shown} from={before} to={version} />
          </div>
        )}
      </div>
      {history.length > 1 && (
        <ul className="drawer-list">
          {history
            .slice(0, -1)
            .reverse()
            .map((earlier) => (
              <Earlier key={earlier.version} shown={shown} earlier={earlier} />
            ))}
        </ul>
      )}
    </Section>
  );
}

const bySource = (): Readonly<Record<ContractVersion['source'], string>> => ({
  plan: t('planned'),
  missing: t('written by a planner'),
  split: t('written by the planner that split its module'),
  person: t('amended by a person'),
  integration: t('amended after an integration failure'),
  exhaustion: t('reframed by a planner'),
  dispute: t('amended after a dispute'),
  'earlier-run': t('taken over from an earlier run'),
});

interface ChangesProps {
  readonly shown: ShownModule;
  readonly from: number;
  readonly to: number;
}

function Changes({ shown, from, to }: ChangesProps) {
  const { run } = shown.chronicle.state;
  const answer = useAnswer(run, { about: 'contract', module: shown.id, from, to });
  if (answer === null) return <p className="muted">{t('Reading the changes…')}</p>;
  if (answer.about === 'failure') return <p className="muted">{oneLine(answer.message, 300)}</p>;
  if (answer.about !== 'contract') return null;
  return <DiffView files={answer.files} />;
}

interface EarlierProps {
  readonly shown: ShownModule;
  readonly earlier: ContractVersion;
}

function Earlier({ shown, earlier: { version, reason, source } }: EarlierProps) {
  const module = shown.id;
  const to = shown.module.contract.version;
  const says = source === 'plan' ? t('as planned') : oneLine(reason, 200);
  return (
    <li className="list-row">
      <VersionMark version={version} amended={version > 1} />
      <span className="ellipsis muted" title={says}>
        {says}
      </span>
      <span className="spacer" />
      <FileLink onClick={() => host.act({ do: 'open-contract', module, version })}>
        {t('Open')}
      </FileLink>
      <FileLink onClick={() => host.act({ do: 'diff-contract', module, from: version, to })}>
        {t('Diff')}
      </FileLink>
    </li>
  );
}
