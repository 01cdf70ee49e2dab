import { t } from '../../core/language.ts';
import type { Replayed } from '../../core/projections/timeline.ts';
import type { Driver } from '../../protocol/board.ts';
import { host } from '../host.ts';
import { Button, IconButton } from '../parts/controls.tsx';
import { useHasFiles, useStandstill } from '../standstill.ts';
import { useBoard } from '../store.ts';
import { runControls, type RunControl } from './controls.ts';

interface Props {
  readonly chronicle: Replayed;
  readonly driver: Driver;
}

/** Pause, resume, cancel and the like; where there is no room, their icons alone. */
export function RunControls({ chronicle, driver }: Props) {
  const mayAct = useStandstill() === null;
  const hasFiles = useHasFiles();
  const key = useBoard((state) => state.key);
  const act = ({ does }: RunControl): void => {
    if (does !== 'open-postmortem') host.act({ do: does });
    else if (key !== null) host.act({ do: does, key });
  };
  return (
    <div className="run-controls">
      {runControls(chronicle.state, driver, mayAct, hasFiles).map((control) => (
        <Button
          key={control.does}
          kind={control.primary ? 'primary' : 'secondary'}
          icon={control.icon}
          title={control.label}
          onClick={() => act(control)}
        >
          <span className="run-control-text">{control.label}</span>
        </Button>
      ))}
      {hasFiles && (
        <IconButton
          icon="export"
          label={t('Export this run…')}
          onClick={() => host.act({ do: 'export-run' })}
        />
      )}
    </div>
  );
}
