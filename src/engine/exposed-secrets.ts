import { poolKinds, type Plan } from '../core/plan/plan.ts';
import { secretNames } from './transcripts/secrets.ts';

/** More names are only counted. */
const maxNames = 5;

const apart = 'Have them run apart (install bubblewrap, --sandbox require)';

/**
 * What a person has to know where checks run beside the engine: whatever a builder writes runs in them
 * as that person, and a process shows its environment to all others of the same user.
 */
export function exposureNotes(env: NodeJS.ProcessEnv): readonly string[] {
  const names = secretNames(env);
  if (names.length === 0) return [];
  const more = names.length > maxNames ? ` and ${names.length - maxNames} more` : '';
  const held = `${names.slice(0, maxNames).join(', ')}${more}`;
  const key = names.includes('ANTHROPIC_API_KEY') ? ' (a key can come by ASHLAR_KEY_FILE)' : '';
  return [
    `secrets: without a sandbox what builders write can read, while it is checked, ${held} in the environment of this process. ${apart} or start without those variables${key}`,
  ];
}

/** The same of agents that are processes with the key in an environment of their own. */
export const agentExposureNotes = ({ pools }: Pick<Plan, 'pools'>): readonly string[] =>
  poolKinds.some((pool) => pools[pool].agent === 'claude-code')
    ? [
        `secrets: without a sandbox what builders write can read, while it is checked, the key in the environment of each process of Claude Code. ${apart} or take agents that are asked from here (anthropic)`,
      ]
    : [];
