import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { RunId } from '../core/ids.ts';
import { isRecord } from '../core/is-record.ts';
import { baseURLFault } from './agents/anthropic/base-url.ts';
import type { ModelService } from './agents/model-service.ts';
import { currentKey } from './known-keys.ts';

/**
 * Where the models of a run are asked, as it is kept beside its plan. It lies in the workspace, where others
 * may write, and a key is sent there: so it holds a mark that nobody could set who does not have that key.
 */
export interface KeptAddress {
  readonly url: string;
  readonly salt: string;
  /** Made from the key, which it does not give back; null: nobody worked with one yet. */
  readonly mark: string | null;
}

const maxLength = 2_000;

/** null: at the provider's own. `pays`: whether agents are among the run's that need the key. */
export function keepAddress(
  service: ModelService | null,
  run: RunId,
  pays: boolean,
): KeptAddress | null {
  const given = service?.baseURL ?? null;
  if (service === null || given === null || baseURLFault(given) !== null) return null;
  const kept = { url: plain(given), salt: randomBytes(16).toString('hex') };
  if (kept.url.length > maxLength) return null;
  // What needs no key does not ask for one.
  const key = pays ? currentKey(service) : null;
  return { ...kept, mark: key === null ? null : markOf(kept, run, key).toString('hex') };
}

/** Of what was read from a file that anybody may have written; null where it is no such thing. */
export function readKeptAddress(value: unknown): KeptAddress | null {
  if (!isRecord(value)) return null;
  const { url, salt, mark } = value;
  if (typeof url !== 'string' || url.length > maxLength) return null;
  if (baseURLFault(url) !== null || plain(url) !== url) return null;
  if (!isHex(salt, 32)) return null;
  return { url, salt, mark: isHex(mark, 64) ? mark : null };
}

/** The service at the address that was kept, unless a person names another now. */
export function keptService(
  service: ModelService,
  kept: KeptAddress | null,
  run: RunId,
): ModelService {
  if (kept === null) return service;
  // Making a mark is slow on purpose, and the key may be asked for before each call.
  const sure = new Map<string, boolean>();
  const isSure = (): boolean => {
    const key = currentKey(service);
    if (key === null || kept.mark === null) return false;
    const known =
      sure.get(key) ?? timingSafeEqual(markOf(kept, run, key), Buffer.from(kept.mark, 'hex'));
    sure.set(key, known);
    return known;
  };
  return {
    get apiKey() {
      return service.apiKey;
    },
    get keyHint() {
      return service.keyHint;
    },
    get baseURL() {
      return service.baseURL ?? kept.url;
    },
    get addressFault() {
      if (service.baseURL !== null || isSure()) return null;
      return `this run is to ask models at ${JSON.stringify(kept.url)}, and nothing shows that whoever has this key said so; name the address again with --base-url, or the one of the provider itself; in the editor, in the setting ashlar.baseUrl`;
    },
  };
}

/** Of letters that stand in any line and any file as they are. */
const plain = (url: string): string => new URL(url).href.replace(/\/$/, '');

const isHex = (value: unknown, length: number): value is string =>
  typeof value === 'string' && value.length === length && /^[0-9a-f]+$/.test(value);

const markOf = ({ url, salt }: Pick<KeptAddress, 'url' | 'salt'>, run: RunId, key: string) =>
  scryptSync(key, `${salt}\n${run}\n${url}`, 32);
