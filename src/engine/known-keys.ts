import type { ModelService } from './agents/model-service.ts';

/** The keys that must be in nothing that is kept, as they are known when it is asked. */
export type KnownKeys = () => readonly string[];

const seen = new WeakMap<ModelService, Set<string>>();

/** The key that a service has now; it is never forgotten again, be it that a person gives another. */
export function currentKey(service: ModelService): string | null {
  const key = service.apiKey?.trim() ?? '';
  if (key === '') return null;
  const keys = seen.get(service) ?? new Set();
  seen.set(service, keys.add(key));
  return key;
}

/** What pays for agents now, and all that has paid for them before. `service` null: nothing does. */
export const keysOf =
  (service: ModelService | null): KnownKeys =>
  () => {
    if (service === null) return [];
    currentKey(service);
    return [...(seen.get(service) ?? [])];
  };
