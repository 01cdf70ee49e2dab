import { t } from '../../core/language.ts';
import { isNoteName } from '../../core/note-name.ts';
import {
  insightsUsed,
  insightType,
  readersWords,
  type UsedInsight,
} from '../../core/projections/insights-used.ts';
import { host } from '../host.ts';
import { FileLink } from '../parts/FileLink.tsx';
import { Section } from '../parts/Section.tsx';
import { useBoard } from '../store.ts';
import { insightsGiven } from './insights-given.ts';
import type { ShownModule } from './shown-module.ts';

/** What agents of the module were told of earlier runs, and which of them; nothing where none was. */
export function InsightsSection({ shown }: { readonly shown: ShownModule }) {
  const { chronicle, id } = shown;
  const events = useBoard(({ moments }) => moments.events);
  const used = insightsUsed(insightsGiven(events, id, chronicle.state.seq));
  if (used.length === 0) return null;
  return (
    <Section title={t('Insights used')} aside={`· ${used.length}`}>
      <ul className="drawer-body spaced-list">
        {used.map((each) => (
          <Insight key={`${each.digest} ${each.file}`} insight={each} />
        ))}
      </ul>
    </Section>
  );
}

/** A link to the note, where there is one to open. */
function Insight({ insight }: { readonly insight: UsedInsight }) {
  const { file, title, type, by } = insight;
  return (
    <li>
      {isNoteName(file) ? (
        <FileLink
          {...{ stays: true, title: t('Open the note {0}', file) }}
          onClick={() => host.act({ do: 'open-insight', file })}
        >
          {title}
        </FileLink>
      ) : (
        <span>{t('A note that is not told here')}</span>
      )}
      <div className="small muted">
        {insightType(type)} · {readersWords(by)}
      </div>
    </li>
  );
}
