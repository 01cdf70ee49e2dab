import { useMemo } from 'react';
import { t } from '../../core/language.ts';
import { host } from '../host.ts';
import { Button } from '../parts/controls.tsx';
import { useStandstill } from '../standstill.ts';
import { useBoard } from '../store.ts';
import { permissions, whyNot } from './permissions.ts';
import type { ShownModule } from './shown-module.ts';

/** The two ways to change what a module promises; where one is closed, why stands beside it. */
export function DrawerFooter({ shown }: { readonly shown: ShownModule }) {
  const { id } = shown;
  const { state } = shown.chronicle;
  const still = useStandstill();
  const drafted = useBoard((board) => board.drafts.has(id));
  const goOn = useBoard((board) => board.amend);
  const may = useMemo(() => permissions(state, id, still), [state, id, still]);
  const begin = (does: 'amend' | 'reopen'): void => {
    host.act({ do: does, module: id });
    goOn(id);
  };
  if (drafted && still === null) {
    return (
      <div className="drawer-foot">
        <Button kind="primary" icon="edit" onClick={() => goOn(id)}>
          {t('Go on with the draft')}
        </Button>
        <span className="small muted">{t('A new version of its contract is being written')}</span>
      </div>
    );
  }
  const why = whyNot(may);
  return (
    <div className="drawer-foot">
      <Button
        kind={may.amend === null ? 'primary' : 'secondary'}
        icon="edit"
        disabled={may.amend !== null}
        title={may.amend ?? t('Write a new version of its contract')}
        onClick={() => begin('amend')}
      >
        {t('Amend contract…')}
      </Button>
      <Button
        kind={may.reopen === null ? 'primary' : 'secondary'}
        icon="issue-reopened"
        disabled={may.reopen !== null}
        title={may.reopen ?? t('Build it again to a new version of its contract')}
        onClick={() => begin('reopen')}
      >
        {t('Reopen…')}
      </Button>
      {why !== null && <span className="small muted drawer-why">{why}</span>}
    </div>
  );
}
