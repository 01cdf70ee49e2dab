import { useMemo, useState } from 'react';
import { t } from '../../core/language.ts';
import { nodeRef, type TreeId } from '../../core/ids.ts';
import { runTime } from '../../core/projections/figures.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { VerdictRow } from '../../core/projections/verdict-rows.ts';
import { judgeWords } from '../gates/judge-words.ts';
import { host } from '../host.ts';
import { VerdictChip } from '../parts/Chip.tsx';
import { FileLink } from '../parts/FileLink.tsx';
import { EvidenceBlock } from '../parts/Evidence.tsx';
import { Section } from '../parts/Section.tsx';
import { openEvidence } from './open-evidence.ts';
import { ShowAll } from './ShowAll.tsx';
import type { ShownModule } from './shown-module.ts';

const SHOWN_FIRST = 3;

/** How the module was judged, the latest first, with what spoke for it. */
export function VerdictsSection({ shown }: { readonly shown: ShownModule }) {
  const { verdicts } = shown.chronicle.history;
  const [all, setAll] = useState(false);
  const rows = useMemo(() => {
    const ref = nodeRef('module', shown.id);
    return verdicts.filter(({ gate }) => gate === ref).reverse();
  }, [verdicts, shown.id]);
  const listed = all ? rows : rows.slice(0, SHOWN_FIRST);
  const [latest] = rows;
  return (
    <Section
      title={t('Verdicts')}
      aside={
        latest === undefined
          ? t('· none yet')
          : t('· judged by {0}', oneLine(judgeWords(latest.by), 60))
      }
    >
      <ul className="drawer-body verdict-list">
        {listed.map((row) => (
          <VerdictItem key={row.seq} shown={shown} row={row} />
        ))}
      </ul>
      <ShowAll listed={listed.length} of={rows.length} onClick={() => setAll(true)} />
    </Section>
  );
}

interface Props {
  readonly shown: ShownModule;
  readonly row: VerdictRow;
}

function VerdictItem({ shown, row }: Props) {
  const { verdict, runMs, subject, again, says, evidence } = row;
  const tree = subject as TreeId | null;
  const beside = [runTime(runMs), tree?.slice(0, 7), again ? t('judged again') : undefined];
  return (
    <li>
      <div className="row gap-6">
        <VerdictChip verdict={verdict} />
        <span className="muted small num ellipsis">
          {beside.filter((part) => part !== undefined).join(' · ')}
        </span>
        <span className="spacer" />
        {tree !== null && (
          <FileLink
            className="small"
            onClick={() => host.act({ do: 'diff-submission', module: shown.id, tree })}
          >
            {t('Open diff')}
          </FileLink>
        )}
      </div>
      {evidence.length === 0 ? (
        <p className="muted small">{says}</p>
      ) : (
        <EvidenceBlock evidence={evidence} onOpen={openEvidence(shown, tree)} />
      )}
    </li>
  );
}
