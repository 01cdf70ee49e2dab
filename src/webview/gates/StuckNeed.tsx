import { useRef, type ReactElement } from 'react';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { NeedsYou } from '../../core/projections/needs-you.ts';
import { nodeOfRef } from '../../core/projections/node-words.ts';
import type { Evidence } from '../../core/verdict.ts';
import type { Action } from '../../protocol/board.ts';
import { Button } from '../parts/controls.tsx';
import { Diamond } from '../parts/Diamond.tsx';
import { EvidenceBlock } from '../parts/Evidence.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useReturnFocus } from '../parts/use-return-focus.ts';
import { afterNeed } from './after-need.ts';
import { useStandstill } from '../standstill.ts';
import { useBoard } from '../store.ts';
import { AgeChip } from './Age.tsx';
import { ApprovalFiles } from './ApprovalFiles.tsx';
import { Subject } from './ApprovalNeed.tsx';
import { useDecision } from './decision.ts';
import { MissingList } from './MissingList.tsx';
import { needAdvice, needHeading, needSays } from './need-words.ts';
import { openingOf, openingOfGate } from './opening.ts';
import { remedies } from './remedies.ts';

/** Something that does not go on by itself: what is the matter, and what a person can do about it. */
export function StuckNeed(props: {
  chronicle: Chronicle;
  need: NeedsYou;
  first: boolean;
}): ReactElement {
  const { chronicle, need, first } = props;
  const { name, kind } = needHeading(need);
  const evidence = evidenceOf(chronicle, need);
  const advice = needAdvice(need);
  const box = useRef<HTMLElement>(null);
  useReturnFocus(box, afterNeed);
  return (
    <article ref={box} className="need" tabIndex={0} aria-label={`${name}, ${kind}`}>
      <div className="need-matter">
        <div className="row need-head">
          {isGate(need) ? (
            <Diamond shape="needs-you" radius={14} />
          ) : (
            <span className="need-mark">
              <Icon name="bell-dot" tone="you" />
            </span>
          )}
          <h2>{name}</h2>
          <span className="muted">{kind}</span>
          <span className="spacer" />
          <AgeChip since={need.since} />
        </div>
        <p className="need-text">{needSays(need)}</p>
        {need.kind === 'prerequisites' ? (
          <MissingList state={chronicle.state} />
        ) : (
          need.detail !== '' && <p className="need-text muted">{need.detail}</p>
        )}
        {need.kind === 'refused' && (
          <ApprovalFiles
            {...{ run: chronicle.state.run, gate: need.gate, subject: need.subject }}
          />
        )}
        <EvidenceBlock
          evidence={evidence}
          onOpen={
            need.kind === 'escalated'
              ? openingOf(chronicle, need.module)
              : need.kind === 'blocked'
                ? openingOfGate(need.gate)
                : undefined
          }
        />
      </div>
      <div className="need-act">
        {need.kind === 'refused' && <Subject chronicle={chronicle} subject={need.subject} />}
        {advice !== '' && <p className="medium">{advice}</p>}
        <Remedies need={need} first={first} />
      </div>
    </article>
  );
}

function Remedies({ need, first }: { need: NeedsYou; first: boolean }): ReactElement {
  const { sent, send } = useDecision();
  const still = useStandstill();
  const select = useBoard((state) => state.select);
  const open = useBoard((state) => state.open);
  const show = (action: Action): void => {
    if (action.do !== 'show') {
      send(action);
      return;
    }
    // It is the board itself that is to show it.
    open('graph');
    if (action.show.view === 'module') select(action.show.module);
  };
  return (
    <div className="row need-buttons" style={{ marginTop: 8 }}>
      {remedies(need).map(({ label, icon, action, looks }, index) => (
        <span key={label} {...keyOf(action)}>
          <Button
            {...{ icon, kind: first && index === 0 ? 'primary' : 'secondary' }}
            {...{ disabled: !looks && (sent || still !== null), onClick: () => show(action) }}
          >
            {label}
          </Button>
        </span>
      ))}
      {still !== null && <span className="small muted">{still}.</span>}
    </div>
  );
}

/** A refused gate can be approved after all by the key that approves. */
const keyOf = (action: Action): { 'data-key'?: string } =>
  action.do === 'approve' ? { 'data-key': 'approve' } : {};

const isGate = ({ kind }: NeedsYou): boolean => kind === 'refused' || kind === 'blocked';

function evidenceOf({ state, history }: Chronicle, need: NeedsYou): readonly Evidence[] {
  if (need.kind === 'escalated') {
    const node = state.graph.moduleIndex.get(need.module);
    return node === undefined ? [] : state.modules.get(node).evidence;
  }
  if (need.kind !== 'blocked') return [];
  const node = nodeOfRef(state.graph, need.gate);
  return node === null ? [] : (history.latest.get(node)?.evidence ?? []);
}
