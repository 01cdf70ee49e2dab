import { useRef, type ReactElement } from 'react';
import { t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { NeedsYou } from '../../core/projections/needs-you.ts';
import type { Action } from '../../protocol/board.ts';
import { Age } from '../gates/Age.tsx';
import { useDecision } from '../gates/decision.ts';
import { MissingList } from '../gates/MissingList.tsx';
import { needAdvice, needHeading, needSays } from '../gates/need-words.ts';
import { remedies } from '../gates/remedies.ts';
import { Button } from '../parts/controls.tsx';
import { useReturnFocus } from '../parts/use-return-focus.ts';
import { afterCard } from '../gates/after-need.ts';
import { useStandstill } from '../standstill.ts';
import { SubmissionLine } from './SubmissionLine.tsx';

/** Something that does not go on by itself, in a few lines. */
export function StuckCard(props: {
  chronicle: Chronicle;
  need: NeedsYou;
  first: boolean;
}): ReactElement {
  const { chronicle, need, first } = props;
  const { sent, send } = useDecision();
  const still = useStandstill();
  const box = useRef<HTMLElement>(null);
  useReturnFocus(box, afterCard);
  const { name, kind } = needHeading(need);
  // Where words of the run itself are there, they say what can be done.
  const lacks = need.kind === 'prerequisites';
  const advice = lacks || need.detail === '' ? needAdvice(need) : '';
  return (
    <article ref={box} tabIndex={-1} className="sidebar-need" aria-label={`${name}, ${kind}`}>
      <div className="row gap-6">
        <h4 className="ellipsis strong">{name}</h4>
        <span className="spacer" />
        <Age since={need.since} />
      </div>
      <p className="small">{needSays(need)}</p>
      {lacks ? (
        <MissingList state={chronicle.state} />
      ) : (
        need.detail !== '' && (
          <p className="small muted sidebar-detail" title={need.detail}>
            {need.detail}
          </p>
        )
      )}
      {need.kind === 'refused' && <SubmissionLine subject={need.subject} />}
      {advice !== '' && <p className="small muted sidebar-advice">{advice}</p>}
      <div className="row gap-6 sidebar-buttons">
        {remedies(need).map(({ label, action, looks }, index) => (
          <Button
            key={label}
            {...{ kind: first && index === 0 ? 'primary' : 'secondary' }}
            {...{ disabled: !looks && (sent || still !== null), onClick: () => send(action) }}
            {...titleOf(action)}
          >
            {label}
          </Button>
        ))}
      </div>
    </article>
  );
}

/** Which submission exactly would be approved. */
const titleOf = (action: Action): { readonly title?: string } =>
  action.do === 'approve' ? { title: t('Approve {0}', action.submission) } : {};
