import { plural, t } from '../../core/language.ts';
/** What a person should know before ending a run for good. */
export function whatStays(sealed: number): string {
  return [
    t('What is at work ends, and what it has not handed in is lost.'),
    sealed === 0
      ? t('Nothing is sealed yet.')
      : plural(
          sealed,
          'The {0} sealed module stays in the run’s store; a later run of the same plan takes over what is unchanged.',
          'The {0} sealed modules stay in the run’s store; a later run of the same plan takes over what is unchanged.',
        ),
    t('Nothing is delivered. The run ends in its postmortem and cannot go on.'),
  ].join('\n\n');
}
