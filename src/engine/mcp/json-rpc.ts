import { oneLine } from '../../core/projections/safe-text.ts';

/** What a request is answered under. */
export type RpcId = string | number;

export const rpcCodes = {
  unreadable: -32_700,
  badRequest: -32_600,
  unknownMethod: -32_601,
  badParams: -32_602,
} as const;

/** A request; `params` is an object with whatever was given. */
export interface RpcRequest {
  readonly kind: 'request';
  readonly id: RpcId;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** One line from the other side, as far as it can be understood. */
export type RpcMessage =
  | RpcRequest
  | {
      readonly kind: 'notification';
      readonly method: string;
      readonly params: RpcRequest['params'];
    }
  | { readonly kind: 'answer' }
  | {
      readonly kind: 'fault';
      readonly id: RpcId | null;
      readonly code: number;
      readonly says: string;
    };

export function readMessage(line: string): RpcMessage {
  const fault = (id: RpcId | null, code: number, says: string): RpcMessage => ({
    ...{ kind: 'fault', id, code, says },
  });
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return fault(null, rpcCodes.unreadable, `this is no JSON: ${oneLine(line, 80)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fault(null, rpcCodes.badRequest, 'a message is one object');
  }
  const { jsonrpc, id, method, params } = value as Record<string, unknown>;
  const hasId = typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id));
  if (jsonrpc !== '2.0') {
    return fault(hasId ? id : null, rpcCodes.badRequest, 'a message is JSON-RPC 2.0');
  }
  if (typeof method !== 'string') {
    if ('result' in value || 'error' in value) return { kind: 'answer' };
    return fault(hasId ? id : null, rpcCodes.badRequest, 'a request has a method');
  }
  if (id !== undefined && !hasId) {
    return fault(null, rpcCodes.badRequest, 'the id of a request is a text or a number');
  }
  if (params !== undefined && (typeof params !== 'object' || params === null)) {
    return fault(hasId ? id : null, rpcCodes.badParams, 'params are an object');
  }
  const given = (params ?? {}) as Readonly<Record<string, unknown>>;
  return hasId
    ? { kind: 'request', id, method, params: given }
    : { kind: 'notification', method, params: given };
}
