import type { PoolKind } from '../plan/plan.ts';
import type { ProviderTrouble, TroubledProvider } from '../provider-trouble.ts';
import { oneLine } from './safe-text.ts';
import { duration } from './words.ts';

/** What is the matter with a provider, after its name. */
const troubleWords: Readonly<Record<ProviderTrouble, string>> = {
  'provider-down': 'serves nobody',
  unauthorised: 'refuses the key',
  unpaid: 'wants to be paid first',
  'no-model': 'does not give the model that was asked for',
};

/** The same where it may be one pool alone that is not served. */
export const troubleOf = (code: ProviderTrouble, pool: PoolKind | null): string =>
  code === 'no-model' && pool !== null
    ? `does not give the ${pool} their model`
    : troubleWords[code];

/** Why agents are waited for, and until when, in one line. */
export function providerWords(its: TroubledProvider): string {
  const { life } = its;
  switch (life.at) {
    case 'resting':
      return `${matter(its)}; it is tried again ${duration(life.ms)} after that`;
    case 'asking':
      return its.pool === null
        ? `${matter(its)}; mend that and have it tried again, or switch to another provider`
        : `${matter(its)}; switch them to another model or provider, or have it tried again`;
    case 'trying':
      return `${name(its)} is being tried again, with one agent`;
  }
}

/** `anthropic serves nobody (529 overloaded)`, with how often where that was more than once. */
function matter(its: TroubledProvider): string {
  const { code, pool, message, failures } = its;
  const why = oneLine(message, 160);
  const times = failures > 1 ? `, ${failures} times in a row` : '';
  return `${name(its)} ${troubleOf(code, pool)}${times}${why === '' ? '' : ` (${why})`}`;
}

const name = (its: TroubledProvider): string => oneLine(its.name, 60);
