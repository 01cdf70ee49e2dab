import type { ReactElement } from 'react';
import { t } from '../../core/language.ts';
import type { Verdict } from '../../core/verdict.ts';
import { Icon } from './Icon.tsx';
import type { Tone } from './looks.ts';
import './Chip.css';

const verdicts: Readonly<
  Record<Verdict, { icon: string; tone: Tone & ('pass' | 'fail' | 'revise') }>
> = {
  PASS: { icon: 'pass', tone: 'pass' },
  FAIL: { icon: 'error', tone: 'fail' },
  NEEDS_REVISION: { icon: 'discard', tone: 'revise' },
};

/** A verdict by its own word, outlined. */
export function VerdictChip({ verdict }: { verdict: Verdict }): ReactElement {
  const { icon, tone } = verdicts[verdict];
  return (
    <span className={`chip chip-${tone}`}>
      <Icon name={icon} tone={tone} size={12} />
      <span className="ellipsis">{verdict}</span>
    </span>
  );
}

/** The only filled chip there is: a person is waited for, since when or for how many things. */
export function NeedsYouChip(props: {
  age?: string | undefined;
  count?: number | undefined;
}): ReactElement {
  const rest = [props.count, props.age].filter((part) => part !== undefined && part !== '');
  return (
    <span className="chip chip-you">
      <Icon name="bell-dot" size={12} />
      {[t('Needs you'), ...rest].join(' · ')}
    </span>
  );
}

/** How many; filled where they wait for a person. */
export function Count(props: { count: number; needsYou?: boolean; label: string }): ReactElement {
  const { count, needsYou = false, label } = props;
  return (
    <span className={needsYou ? 'count count-you' : 'count'} title={label}>
      <span aria-hidden="true">{count}</span>
      <span className="unseen">{label}</span>
    </span>
  );
}

/** Which version of its contract a module is held against. */
export function VersionMark(props: { version: number; amended: boolean }): ReactElement {
  const { version, amended } = props;
  const title = amended ? t('contract v{0}, amended', version) : t('contract v{0}', version);
  return (
    <span className={amended ? 'version version-amended' : 'version'} title={title}>
      {amended && <Icon name="triangle-up" tone="review" size={12} label={t('amended to')} />}v
      {version}
    </span>
  );
}
