import type { ReactElement, ReactNode } from 'react';

/** One part of the account under its heading. */
export function Part(props: {
  title: string;
  aside?: string | undefined;
  children: ReactNode;
}): ReactElement {
  return (
    <section className="account-part" aria-label={props.title}>
      <h2>
        {props.title}
        {props.aside !== undefined && <span className="account-aside small">{props.aside}</span>}
      </h2>
      {props.children}
    </section>
  );
}
