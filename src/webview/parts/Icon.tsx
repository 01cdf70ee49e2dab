import type { ReactElement } from 'react';
import '@vscode/codicons/dist/codicon.css';
import './Icon.css';
import type { Tone } from './looks.ts';

/**
 * A codicon. Without a tone it has the colour of the text around it; without a label it only
 * repeats what a word beside it says, and is not read aloud.
 */
export function Icon(props: {
  name: string;
  tone?: Tone | undefined;
  size?: 12 | 14 | 16 | undefined;
  spin?: boolean | undefined;
  label?: string | undefined;
}): ReactElement {
  const { name, tone, size = 16, spin = false, label } = props;
  const classes = [
    `icon codicon codicon-${name}`,
    size === 16 ? '' : `icon-${size}`,
    tone === undefined ? '' : `tone-${tone}`,
    spin ? 'icon-spin' : '',
  ];
  const className = classes.filter((part) => part !== '').join(' ');
  return label === undefined ? (
    <i className={className} aria-hidden="true" />
  ) : (
    <i className={className} role="img" aria-label={label} title={label} />
  );
}
