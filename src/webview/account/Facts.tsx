import type { ReactElement } from 'react';

/** Names with what is to be said of each: a figure, or, where it is `wide`, a line. */
export function Facts({
  of,
  wide = false,
}: {
  of: readonly (readonly [name: string, says: string])[];
  wide?: boolean;
}): ReactElement {
  return (
    <dl className={`account-facts${wide ? ' account-wide' : ''}`}>
      {of.map(([name, says]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}
