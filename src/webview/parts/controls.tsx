/**
 * The one seam to the editor's custom elements. Buttons and text areas are theirs: they bring the
 * editor's own look, hover and focus. What they have no element for, or one that weighs more than
 * it gives, is plain HTML here.
 */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { VscodeTextarea } from '@vscode-elements/elements/dist/vscode-textarea/vscode-textarea.js';
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import {
  createElement,
  useCallback,
  type InputEvent,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { Icon } from './Icon.tsx';
import './controls.css';

export function Button(props: {
  kind?: 'primary' | 'secondary' | undefined;
  icon?: string | undefined;
  disabled?: boolean | undefined;
  title?: string | undefined;
  className?: string | undefined;
  onClick: () => void;
  children: ReactNode;
}): ReactElement {
  const { kind = 'secondary', icon, disabled = false, title, onClick, children } = props;
  const secondary = kind === 'secondary';
  return createElement(
    'vscode-button',
    {
      className: ['button', `button-${kind}`, props.className ?? ''].join(' ').trim(),
      ...{ secondary, disabled, title },
      'aria-disabled': String(disabled), // of `true`, React makes an empty attribute here
      ...(disabled ? {} : { onClick }),
      onKeyDownCapture: onButtonKey,
    },
    icon !== undefined && (
      <span slot="content-before">
        <Icon name={icon} size={14} />
      </span>
    ),
    children,
  );
}

/** A key that is held down acts once, and the space bar presses the button instead of scrolling. */
function onButtonKey(event: KeyboardEvent): void {
  if (event.key === ' ') event.preventDefault();
  if (event.repeat) event.stopPropagation();
}

/** A button that is an icon alone; its label is read aloud and shown on hovering. */
export function IconButton(props: {
  icon: string;
  label: string;
  disabled?: boolean | undefined;
  pressed?: boolean | undefined;
  onClick: () => void;
}): ReactElement {
  const { icon, label, disabled = false, pressed, onClick } = props;
  return (
    <button
      {...{ type: 'button', className: 'icon-button', title: label, disabled, onClick }}
      {...{ 'aria-label': label, 'aria-pressed': pressed }}
    >
      <Icon name={icon} />
    </button>
  );
}

export function TextLink(props: {
  onClick: () => void;
  title?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
}): ReactElement {
  const className = ['text-link', props.className ?? ''].join(' ').trim();
  return (
    <button type="button" {...{ className, title: props.title, onClick: props.onClick }}>
      {props.children}
    </button>
  );
}

export function TextArea(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string | undefined;
  rows?: number | undefined;
  /** Characters; what is longer cannot be typed. */
  most?: number | undefined;
  /** It appears because a person is about to write in it. */
  focused?: boolean | undefined;
}): ReactElement {
  const { label, value, onChange, placeholder, rows = 3, most = 2_000, focused = false } = props;
  const ref = useCallback(
    (element: VscodeTextarea | null) => {
      void element?.updateComplete.then(() => {
        element.wrappedElement.style.padding = '4px 8px';
        if (focused) element.focus();
      });
    },
    [focused],
  );
  return createElement('vscode-textarea', {
    ...{ ref, label, value, placeholder, rows, maxLength: most, resize: 'vertical' },
    onInput: (event: InputEvent<HTMLTextAreaElement>) => onChange(event.currentTarget.value),
  });
}
