import { useRef, useState, type ReactElement } from 'react';
import { t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { NeedsYou } from '../../core/projections/needs-you.ts';
import { Age } from '../gates/Age.tsx';
import { useDecision } from '../gates/decision.ts';
import { checksBehind, checksWords } from '../gates/gate-checks.ts';
import { landing } from '../gates/landing.ts';
import { useNote } from '../gates/use-note.ts';
import { host } from '../host.ts';
import { Button, TextArea, TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useReturnFocus } from '../parts/use-return-focus.ts';
import { afterCard } from '../gates/after-need.ts';
import { useStandstill } from '../standstill.ts';
import { SubmissionLine } from './SubmissionLine.tsx';

type Approval = Extract<NeedsYou, { readonly kind: 'approval' | 'refused' }>;

/** A gate that waits for a person: what speaks for it, where it lands, what exactly, yes or no. */
export function ApprovalCard(props: {
  chronicle: Chronicle;
  need: Approval;
  first: boolean;
}): ReactElement {
  const { chronicle, need, first } = props;
  const { gate, subject, since } = need;
  const { kind, name } = landing(chronicle.state);
  const checks = checksWords(checksBehind(chronicle, gate));
  const box = useRef<HTMLElement>(null);
  useReturnFocus(box, afterCard);
  return (
    <article ref={box} tabIndex={-1} className="sidebar-need" aria-label={t('{0}, approval', gate)}>
      <div className="row gap-6">
        <h4 className="ellipsis strong">{gate}</h4>
        <span className="spacer" />
        <Age since={since} />
      </div>
      <p className="small muted">{checks === '' ? t('Approval.') : t('Approval. {0}.', checks)}</p>
      <p className="small row gap-4">
        <Icon name={kind === 'branch' ? 'git-branch' : 'folder'} tone="muted" size={12} />
        <span className="ellipsis" title={name}>
          {t('lands on')} <span className="mono small">{name}</span>
        </span>
      </p>
      <SubmissionLine subject={subject} />
      <Answers need={need} first={first} />
    </article>
  );
}

function Answers({ need, first }: { need: Approval; first: boolean }): ReactElement {
  const { sent, send } = useDecision();
  const still = useStandstill();
  const { gate, subject: submission } = need;
  const [note, setNote] = useNote(gate, submission);
  // Who was writing goes on writing.
  const [rejecting, setRejecting] = useState(note !== '');
  const off = sent || still !== null;
  if (rejecting) {
    return (
      <Rejecting
        {...{ gate, off, note, onNote: setNote, onBack: () => setRejecting(false) }}
        onReject={(text) => send({ do: 'reject', gate, submission, note: text })}
      />
    );
  }
  return (
    <div className="row gap-6 sidebar-buttons">
      <Button
        {...{ kind: first ? 'primary' : 'secondary', icon: 'check', disabled: off }}
        title={t('Approve {0}', submission)}
        onClick={() => send({ do: 'approve', gate, submission, note: '' })}
      >
        {sent ? t('Sent…') : t('Approve')}
      </Button>
      <Button disabled={off} onClick={() => setRejecting(true)}>
        {t('Reject…')}
      </Button>
      <span className="spacer" />
      <TextLink className="small" onClick={() => host.act({ do: 'show', show: { view: 'gates' } })}>
        {t('Evidence')}
      </TextLink>
    </div>
  );
}

function Rejecting(props: {
  gate: string;
  off: boolean;
  note: string;
  onNote: (note: string) => void;
  onReject: (note: string) => void;
  onBack: () => void;
}): ReactElement {
  const { gate, off, note, onNote, onReject, onBack } = props;
  const text = note.trim();
  return (
    <div className="sidebar-note">
      <TextArea
        {...{ label: t('Why {0} is rejected', gate), value: note, onChange: onNote, rows: 3 }}
        {...{ placeholder: t('Why? What must change?'), focused: true }}
      />
      <div className="row gap-6 sidebar-buttons">
        <Button icon="close" disabled={off || text === ''} onClick={() => onReject(text)}>
          {t('Reject')}
        </Button>
        <Button onClick={onBack}>{t('Back')}</Button>
        {text === '' && <span className="small muted">{t('A note is needed.')}</span>}
      </div>
    </div>
  );
}
