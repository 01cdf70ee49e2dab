/** What a person should know before ending a run for good. */
export function whatStays(sealed: number): string {
  const stays = sealed === 1 ? 'The 1 sealed module stays' : `The ${sealed} sealed modules stay`;
  return [
    'What is at work ends, and what it has not handed in is lost.',
    sealed === 0
      ? 'Nothing is sealed yet.'
      : `${stays} in the run’s store; a later run of the same plan takes over what is unchanged.`,
    'Nothing is delivered. The run ends in its postmortem and cannot go on.',
  ].join('\n\n');
}
