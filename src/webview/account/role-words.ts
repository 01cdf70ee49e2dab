import type { TaskRole } from '../../core/events/agent.ts';
import { t } from '../../core/language.ts';

/** The role in which an agent made its calls. */
export function roleWords(role: TaskRole): string {
  switch (role) {
    case 'scout':
      return t('Scout');
    case 'generator':
      return t('Generator');
    case 'reviser':
      return t('Reviser');
    case 'evaluator':
      return t('Evaluator');
    case 'integrator':
      return t('Integrator');
    case 'contract-author':
      return t('Contract author');
    case 'architect':
      return t('Architect');
    case 'arbiter':
      return t('Arbiter');
  }
}
