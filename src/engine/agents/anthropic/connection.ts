import { createHash } from 'node:crypto';
import { systemClock, type Clock } from '../../clock.ts';
import type { MessagesClient } from './messages-client.ts';
import { PromptSizes } from './prompt-sizes.ts';
import { RateLimiter } from './rate-limiter.ts';
import { redact } from './redact.ts';
import type { SdkOptions } from './sdk-client.ts';

/** What all models behind one key share. The key itself does not come out of here. */
export interface Connection {
  /** Loads what speaks to the service when the first request is made. */
  client(): Promise<MessagesClient>;
  readonly limiter: RateLimiter;
  readonly sizes: PromptSizes;
  /** A message that may be shown and kept. */
  readonly redact: (message: string) => string;
}

export const defaultBaseURL = 'https://api.anthropic.com';

const shared = new Map<string, Connection>();

/** The one connection of this process to a service by a key: its allowance is shared by all runs. */
export function sharedConnection(options: SdkOptions): Connection {
  const { apiKey, baseURL } = options;
  const name = `${baseURL}\n${createHash('sha256').update(apiKey).digest('hex')}`;
  const known = shared.get(name);
  if (known !== undefined) return known;
  const connection = openConnection(options, systemClock());
  shared.set(name, connection);
  return connection;
}

/** The clock is of real speed: the service's minute is not sped up with the agents'. */
export function openConnection(options: SdkOptions, clock: Clock): Connection {
  let client: Promise<MessagesClient> | null = null;
  return {
    client: () => {
      client ??= import('./sdk-client.ts').then(({ sdkClient }) => sdkClient(options));
      return client;
    },
    limiter: new RateLimiter(clock),
    sizes: new PromptSizes(clock),
    redact: (message) => redact(message, options.apiKey),
  };
}
