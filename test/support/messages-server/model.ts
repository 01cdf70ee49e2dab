import { Random } from '../../sim/random.ts';
import type { Clock } from '../../../src/engine/clock.ts';
import { anthropicModel } from '../../../src/engine/agents/anthropic/anthropic-model.ts';
import {
  openConnection,
  type Connection,
} from '../../../src/engine/agents/anthropic/connection.ts';
import type { ChatModel, ModelRequest } from '../../../src/engine/agents/model/chat-model.ts';
import { anthropicFacts as factsOf } from '../../../src/engine/agents/models/anthropic-models.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { serviceFetch } from './fetch.ts';
import { MessagesService, type ServiceOptions } from './service.ts';

export const testKey = 'sk-ant-planted-0123456789';

/** A model behind the service, without a network and in virtual time. */
export interface VirtualModel {
  readonly service: MessagesService;
  readonly clock: VirtualClock;
  readonly connection: Connection;
  readonly model: ChatModel;
  /** Another agent's, behind the same key. */
  readonly another: (id: string) => ChatModel;
}

export async function virtualModel(
  options: Omit<ServiceOptions, 'clock'>,
  id = 'claude-sonnet-5-5',
): Promise<VirtualModel> {
  const clock = new VirtualClock();
  const service = new MessagesService({ key: testKey, ...options, clock });
  const baseURL = 'http://service.test';
  const sdk = { apiKey: testKey, baseURL, fetch: serviceFetch(service) };
  const connection = openConnection(sdk, clock);
  // Loading a package takes real time, which no virtual clock waits for.
  await connection.client();
  const another = (name: string): ChatModel => modelOf(name, connection, clock);
  return { service, clock, connection, model: another(id), another };
}

export function modelOf(id: string, connection: Connection, clock: Clock): ChatModel {
  const random = new Random(7);
  return anthropicModel({
    id,
    facts: factsOf(id),
    connection,
    clock,
    random: () => random.fraction(),
  });
}

/** A request that says this, to a model without tools. */
export const request = (said: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  system: [{ text: 'You lay bricks.', shared: true }],
  messages: [{ role: 'user', content: [{ kind: 'text', text: said, shared: false }] }],
  tools: [],
  answer: null,
  maxOutputTokens: 1_000,
  ...more,
});

export const text = (said: string) => ({ content: [{ type: 'text' as const, text: said }] });

export const never = new AbortController().signal;
export const unheard = (): void => undefined;
export const always = (): boolean => true;
