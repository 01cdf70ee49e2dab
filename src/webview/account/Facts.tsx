import type { ReactElement } from 'react';

/** Names with what is to be said of each. */
export function Facts({
  of,
}: {
  of: readonly (readonly [name: string, says: string])[];
}): ReactElement {
  return (
    <dl className="account-facts">
      {of.map(([name, says]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}
