import { rich } from '../parts/rich.tsx';
import { TextLink } from '../parts/controls.tsx';

interface Props {
  /** How many of them are listed already. */
  readonly listed: number;
  readonly of: number;
  readonly onClick: () => void;
}

/** Below a list that shows its first rows; nothing where those are all. */
export function ShowAll({ listed, of, onClick }: Props) {
  if (listed >= of) return null;
  return (
    <div className="drawer-more">
      <TextLink className="small" onClick={onClick}>
        {rich('Show all {0}', of)}
      </TextLink>
    </div>
  );
}
