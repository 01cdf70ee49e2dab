import { useState, type ReactElement } from 'react';
import { t } from '../../core/language.ts';
import { IconButton } from '../parts/controls.tsx';

/** Puts the whole digest on the clipboard, and says so. */
export function CopyDigest({ digest }: { readonly digest: string }): ReactElement {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    // What a clipboard that is closed to us holds stays as it is: the digest can be selected whole.
    navigator.clipboard.writeText(digest).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <span className="copy-digest">
      <IconButton
        icon={copied ? 'check' : 'copy'}
        label={t('Copy the whole digest')}
        onClick={copy}
      />
      <span className="small muted" role="status">
        {copied ? t('Copied') : ''}
      </span>
    </span>
  );
}
