import { useState } from 'react';
import { t } from '../../core/language.ts';
import type { ModuleId } from '../../core/ids.ts';
import type { Impact } from '../../core/projections/impact.ts';
import type { Draft } from '../../protocol/board.ts';
import { host } from '../host.ts';
import { Button } from '../parts/controls.tsx';
import { useStandstill } from '../standstill.ts';
import { useBoard } from '../store.ts';
import { confirmLabel } from './follow.ts';

interface Props {
  readonly module: ModuleId;
  readonly kind: Draft['kind'];
  readonly draft: Draft | null;
  readonly reason: string;
  /** Why it cannot be confirmed yet; null where it can. */
  readonly why: string | null;
  readonly follows: Impact | { readonly refused: string };
}

/** Back, away with it, or do it: the button says what it does. */
export function AmendmentFooter({ module, kind, draft, reason, why, follows }: Props) {
  const close = useBoard((state) => state.amend);
  const refusal = useBoard((state) => state.refusal);
  const dismiss = useBoard((state) => state.dismissRefusal);
  const still = useStandstill();
  const [sent, setSent] = useState<Draft | null>(null);
  // It is on its way until the host takes the draft away, or says why it did not.
  const underWay = sent !== null && sent === draft && refusal === null;
  const not = still === null ? why : t('{0}: nothing can be changed here.', still);
  const confirm = (): void => {
    dismiss();
    setSent(draft);
    host.act({ do: 'confirm-draft', module, reason: reason.trim() });
  };
  const label =
    'refused' in follows
      ? kind === 'reopen'
        ? t('Reopen {0}', module)
        : t('Amend {0}', module)
      : null;
  return (
    <footer className="amendment-foot">
      <span className="small muted amendment-why" role="status">
        {underWay
          ? t('Being done…')
          : (not ?? t('The journal records you, the reason and both versions.'))}
      </span>
      <span className="spacer" />
      <Button title={t('Back to the board; the draft is kept')} onClick={() => close(null)}>
        {t('Back')}
      </Button>
      <Button
        disabled={draft === null || underWay}
        title={t('Throw the draft away')}
        onClick={() => host.act({ do: 'discard-draft', module })}
      >
        {t('Discard draft')}
      </Button>
      <Button
        kind="primary"
        icon={kind === 'reopen' ? 'issue-reopened' : 'edit'}
        disabled={not !== null || underWay}
        title={not ?? undefined}
        onClick={confirm}
      >
        {label ?? ('refused' in follows ? '' : confirmLabel(kind, module, follows))}
      </Button>
    </footer>
  );
}
