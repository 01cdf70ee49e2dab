import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import type { ModuleId } from '../../core/ids.ts';
import type { Draft } from '../../protocol/board.ts';
import { IconButton } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';

interface Props {
  readonly module: ModuleId;
  readonly kind: Draft['kind'];
  readonly version: number;
  readonly draft: Draft | null;
  readonly reason: string;
  readonly onClose: () => void;
}

/** What is being done, and how far it is. */
export function AmendmentHeader({ module, kind, version, draft, reason, onClose }: Props) {
  const written = draft !== null && draft.files.length > 0 && draft.problem === '';
  const given = reason.trim() !== '';
  return (
    <header className="amendment-head">
      <Icon name={kind === 'reopen' ? 'issue-reopened' : 'edit'} tone="review" />
      <h2 id="amendment-title" className="ellipsis">
        {kind === 'reopen' ? t('Reopen {0}', module) : t('Amend {0}', module)}
      </h2>
      <span className="muted ellipsis amendment-says">
        {rich(
          'amends its contract from v{0} to v{1}. Nothing changes until you confirm.',
          version,
          version + 1,
        )}
      </span>
      <span className="spacer" />
      <ol className="steps" aria-label={t('Steps')}>
        <Step number={1} name={t('Reason')} done={given} current={!given} />
        <Step number={2} name={t('Contract')} done={written} current={given && !written} />
        <Step number={3} name={t('What follows')} done={false} current={given && written} />
      </ol>
      <IconButton icon="close" label={t('Close; the draft is kept')} onClick={onClose} />
    </header>
  );
}

interface StepProps {
  readonly number: number;
  readonly name: string;
  readonly done: boolean;
  readonly current: boolean;
}

function Step({ number, name, done, current }: StepProps) {
  return (
    <li className={current ? 'step step-current' : 'step'} aria-current={current ? 'step' : false}>
      {number > 1 && <Icon name="chevron-right" size={14} tone="muted" />}
      <span className="step-mark">
        {done ? <Icon name="check" size={12} label={t('done')} /> : number}
      </span>
      <span className="step-name">{name}</span>
    </li>
  );
}
