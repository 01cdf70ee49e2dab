import { inEnglish } from '../../core/language.ts';
import { troubleOf } from '../../core/projections/provider-words.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { ProviderTrouble } from '../../core/provider-trouble.ts';
import type { Unserved } from '../perform/unserved.ts';
import type { ModelService } from '../agents/model-service.ts';
import { defaultBaseURL } from '../agents/anthropic/connection.ts';
import type { NotPlanned } from './planned-goal.ts';

/** Whom planning asks, and how. */
interface AskedService {
  readonly provider: { readonly name: string };
  readonly service: Pick<ModelService, 'baseURL' | 'keyHint'>;
}

const hasAddress: readonly string[] = ['anthropic', 'claude-code'];

/** Planning whose provider serves nobody: what is the matter, where it was asked, and what to do. */
export function unservedPlanning(
  { provider, service }: AskedService,
  { code, message }: Unserved,
): NotPlanned {
  const matter = `${inEnglish(() => troubleOf(provider.name, code, 'planners'))} (${oneLine(message, 500)})`;
  const where = hasAddress.includes(provider.name)
    ? `, asked at ${service.baseURL ?? defaultBaseURL}`
    : '';
  return { kind: 'failed', code, message: `${matter}${where}; ${remedy(code, service)}` };
}

function remedy(code: ProviderTrouble, { keyHint }: AskedService['service']): string {
  switch (code) {
    case 'unauthorised':
      return keyHint;
    case 'unpaid':
      return 'see to its account, or give the key of another';
    case 'no-model':
      return 'name another model for the planners';
    case 'provider-down':
      return 'see that it can be reached there, and plan again';
  }
}
