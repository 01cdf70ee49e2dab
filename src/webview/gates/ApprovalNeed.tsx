import { useRef, type ReactElement } from 'react';
import { t } from '../../core/language.ts';
import type { Chronicle } from '../../core/projections/chronicle.ts';
import type { NeedsYou } from '../../core/projections/needs-you.ts';
import { listed } from '../../core/projections/words.ts';
import { Button, TextArea } from '../parts/controls.tsx';
import { Diamond } from '../parts/Diamond.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useReturnFocus } from '../parts/use-return-focus.ts';
import { afterNeed } from './after-need.ts';
import { useStandstill } from '../standstill.ts';
import { AgeChip } from './Age.tsx';
import { ApprovalFiles } from './ApprovalFiles.tsx';
import { CheckTable } from './CheckTable.tsx';
import { CopyDigest } from './CopyDigest.tsx';
import { useDecision } from './decision.ts';
import { approvalFollows, checksBehind, requiredNames } from './gate-checks.ts';
import { landing } from './landing.ts';
import { useNote } from './use-note.ts';

type Approval = Extract<NeedsYou, { readonly kind: 'approval' | 'refused' }>;

/** A gate that a person decides: what speaks for it, where it will land, and the two answers. */
export function ApprovalNeed(props: {
  chronicle: Chronicle;
  need: Approval;
  first: boolean;
}): ReactElement {
  const { chronicle, need } = props;
  const { gate } = need;
  const names = requiredNames(chronicle, gate);
  const box = useRef<HTMLElement>(null);
  useReturnFocus(box, afterNeed);
  return (
    <article ref={box} className="need" tabIndex={0} aria-label={t('{0}, approval gate', gate)}>
      <div className="need-matter">
        <div className="row need-head">
          <Diamond shape="needs-you" radius={14} />
          <h2>{gate}</h2>
          <span className="muted">{t('approval gate')}</span>
          <span className="spacer" />
          <AgeChip since={need.since} />
        </div>
        <p className="need-text">
          {names.length === 0
            ? t('It asks about the whole run.')
            : t('It asks about {0}.', listed(names, 5))}{' '}
          {approvalFollows(chronicle, gate)}
        </p>
        <CheckTable checks={checksBehind(chronicle, gate)} />
        <ApprovalFiles {...{ run: chronicle.state.run, gate, subject: need.subject }} />
      </div>
      <div className="need-act">
        <Subject chronicle={chronicle} subject={need.subject} />
        <Answers need={need} first={props.first} />
      </div>
    </article>
  );
}

/** Exactly what is approved, whole, and where it will lie. */
export function Subject(props: { chronicle: Chronicle; subject: string }): ReactElement {
  const { kind, name, own, untouched } = landing(props.chronicle.state);
  return (
    <dl className="facts">
      <dt>{t('Submission')}</dt>
      <dd className="digest-row">
        <span className="mono small digest">{props.subject}</span>
        <CopyDigest digest={props.subject} />
      </dd>
      <dt>{t('Will land on')}</dt>
      <dd>
        <Icon name={kind === 'branch' ? 'git-branch' : 'folder'} size={14} />{' '}
        <span className="mono">{name}</span>
      </dd>
      <dt>{own}</dt>
      <dd className="muted">{untouched}</dd>
    </dl>
  );
}

function Answers({ need, first }: { need: Approval; first: boolean }): ReactElement {
  const { sent, send } = useDecision();
  const still = useStandstill();
  const { gate, subject: submission } = need;
  const [note, setNote] = useNote(gate, submission);
  const text = note.trim();
  const answer = (verb: 'approve' | 'reject'): void => {
    send({ do: verb, gate, submission, note: text });
  };
  return (
    <>
      <div data-key="note">
        <TextArea
          {...{ label: t('Note on {0}', gate), value: note, onChange: setNote, rows: 2 }}
          placeholder={t('Note (needed to reject)')}
        />
      </div>
      <div className="row need-buttons">
        <span data-key="approve">
          <Button
            {...{ kind: first ? 'primary' : 'secondary', icon: 'check' }}
            {...{ disabled: sent || still !== null, onClick: () => answer('approve') }}
          >
            {t('Approve this submission')}
          </Button>
        </span>
        <Button
          {...{ icon: 'close', title: text === '' ? t('Write a note first') : undefined }}
          {...{ disabled: sent || still !== null || text === '', onClick: () => answer('reject') }}
        >
          {t('Reject')}
        </Button>
        <span className="small muted" role="status">
          {whyNot(still, sent, text)}
        </span>
      </div>
    </>
  );
}

function whyNot(still: string | null, sent: boolean, note: string): string {
  if (still !== null) return `${still}.`;
  if (sent) return t('Sent…');
  return note === '' ? t('To reject, say why.') : '';
}
