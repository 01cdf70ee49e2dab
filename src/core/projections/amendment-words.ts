import type { AmendmentSource } from '../events/contract.ts';

/** Why there is a version of a contract, in words. */
export const sourceWords: Readonly<Record<AmendmentSource, string>> = {
  plan: 'as planned',
  missing: 'the plan had none',
  person: 'asked for by a person',
  integration: 'its module did not fit',
  exhaustion: 'its budget was used up',
  dispute: 'it was disputed',
  'earlier-run': 'taken over from an earlier run',
  split: 'a larger module was cut into parts',
};
