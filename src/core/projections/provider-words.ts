import { plural, t } from '../language.ts';
import type { PoolKind } from '../plan/plan.ts';
import type { ProviderTrouble, TroubledProvider } from '../provider-trouble.ts';
import { oneLine } from './safe-text.ts';
import { duration } from './words.ts';

/** What is the matter with a provider, which is called `who`: where it may be, with one pool alone. */
export function troubleOf(who: string, code: ProviderTrouble, pool: PoolKind | null): string {
  switch (code) {
    case 'provider-down':
      return t('{0} serves nobody', who);
    case 'unauthorised':
      return t('{0} refuses the key', who);
    case 'unpaid':
      return t('{0} wants to be paid first', who);
    case 'no-model':
      return noModel(who, pool);
  }
}

function noModel(who: string, pool: PoolKind | null): string {
  switch (pool) {
    case null:
      return t('{0} does not give the model that was asked for', who);
    case 'planners':
      return t('{0} does not give the planners their model', who);
    case 'builders':
      return t('{0} does not give the builders their model', who);
    case 'reviewers':
      return t('{0} does not give the reviewers their model', who);
  }
}

/** Why agents are waited for, and until when, in one line. */
export function providerWords(its: TroubledProvider): string {
  const { life } = its;
  switch (life.at) {
    case 'resting':
      return t('{0}; it is tried again {1} after that', matter(its), duration(life.ms));
    case 'asking':
      return its.pool === null
        ? t('{0}; mend that and have it tried again, or switch to another provider', matter(its))
        : t('{0}; switch them to another model or provider, or have it tried again', matter(its));
    case 'trying':
      return t('{0} is being tried again, with one agent', name(its));
  }
}

/** `anthropic serves nobody (529 overloaded)`, with how often where that was more than once. */
function matter(its: TroubledProvider): string {
  const { code, pool, message, failures } = its;
  const why = oneLine(message, 160);
  const trouble = troubleOf(name(its), code, pool);
  const often =
    failures > 1
      ? plural(failures, '{1}, {0} time in a row', '{1}, {0} times in a row', trouble)
      : trouble;
  return why === '' ? often : `${often} (${why})`;
}

const name = (its: TroubledProvider): string => oneLine(its.name, 60);
