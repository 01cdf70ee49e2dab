import { describe, expect, it } from 'vitest';
import type { ModelPlaces } from '../../../src/extension/agents/model-places.ts';
import { anthropicKeyName, WindowModels } from '../../../src/extension/runs/models.ts';
import { openPlanner } from '../../../src/engine/providers.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const key = `sk-ant-${'k'.repeat(40)}`;
const nowhere: ModelPlaces = { baseURL: null, claudeCode: { sdk: null, executable: null } };

/** What the editor keeps in secret; a test decides when a reading ends, and how. */
class HeldSecrets {
  readonly readings: Resolvable<string | undefined>[] = [];
  readonly listeners = new Set<(change: { key: string }) => void>();
  readonly asked: string[] = [];
  readonly onDidChange = (listener: (change: { key: string }) => void) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  get(name: string): Promise<string | undefined> {
    this.asked.push(name);
    const reading = resolvable<string | undefined>();
    this.readings.push(reading);
    return reading.promise;
  }

  changed(name: string): void {
    for (const listener of this.listeners) listener({ key: name });
  }
}

interface Resolvable<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function resolvable<T>(): Resolvable<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((settle, fail) => ([resolve, reject] = [settle, fail]));
  return { promise, resolve, reject };
}

function rig(places: ModelPlaces = nowhere) {
  const secrets = new HeldSecrets();
  const warned: string[] = [];
  const editor = { open: () => Promise.reject(new Error('nobody asked for it')) };
  const now = { places };
  const log = { warn: (text: string) => void warned.push(text) };
  const models = new WindowModels(secrets, log, editor, () => now.places);
  return { secrets, warned, models, now, editor };
}

/** Ends the oldest reading that has not ended. */
const reads = ({ secrets }: ReturnType<typeof rig>, value: string | undefined) =>
  secrets.readings.shift()!.resolve(value);

describe('the models of a window', () => {
  it('are started with the key that the editor keeps, read when it is needed and no earlier', async () => {
    const here = rig();
    expect(here.secrets.asked).toEqual([]);
    const asked = here.models.options();
    reads(here, key);
    const { service, editor, choice } = await asked;
    expect(here.secrets.asked).toEqual([anthropicKeyName]);
    expect([service.apiKey, service.baseURL]).toEqual([key, null]);
    expect([editor, choice]).toEqual([here.editor, {}]);
  });

  it('hand a run that is under way the key that was set or removed meanwhile, and no other secret', async () => {
    const here = rig();
    const asked = here.models.options();
    reads(here, undefined);
    const { service } = await asked;
    expect(service.apiKey).toBeNull();
    here.secrets.changed('somebody.else');
    expect(here.secrets.readings).toEqual([]);
    here.secrets.changed(anthropicKeyName);
    reads(here, key);
    await expect.poll(() => service.apiKey).toBe(key);
    here.secrets.changed(anthropicKeyName);
    reads(here, undefined);
    await expect.poll(() => service.apiKey).toBeNull();
  });

  it('are the key that was kept last, in whichever order it is read', async () => {
    const here = rig();
    const asked = here.models.options();
    here.secrets.changed(anthropicKeyName);
    const [before, after] = here.secrets.readings;
    after!.resolve(key);
    await after!.promise;
    before!.resolve('sk-ant-of-yesterday');
    const { service } = await asked;
    expect(service.apiKey).toBe(key);
  });

  it('say what to do where no secret can be read, and nothing of what the editor says of it', async () => {
    const here = rig();
    const asked = here.models.options();
    here.secrets.readings.shift()!.reject(new Error(`cannot decrypt ${key}`));
    const { service } = await asked;
    expect(service.apiKey).toBeNull();
    expect(service.keyHint).toMatch(/could not read .* Give the key anew/s);
    expect(here.warned.join()).toContain('could not read');
    expect(here.warned.join()).not.toContain(key);
    const again = here.models.options();
    reads(here, key);
    await again;
    expect([service.apiKey, service.keyHint]).toEqual([key, expect.not.stringContaining('read')]);
  });

  it('are asked where the settings say now, and Claude Code is looked for there', async () => {
    const here = rig({
      baseURL: 'http://127.0.0.1:1',
      claudeCode: { sdk: '/no/such/place', executable: null, saidBy: 'the setting x.y' },
    });
    const asked = here.models.options();
    reads(here, key);
    const models = await asked;
    expect(models.service.baseURL).toBe('http://127.0.0.1:1');
    const where = { workspace: '/nowhere', agents: 'claude-code', script: null };
    const opened = await openPlanner({ ...where, models, clock: new VirtualClock() });
    expect(opened).toMatchObject({ ok: false, code: 'no-claude-code' });
    expect(opened.ok || opened.message).toContain('in /no/such/place: run `npm install');
    expect(opened.ok || opened.message).toContain('name that folder with the setting x.y');
    here.now.places = nowhere;
    expect([models.service.baseURL, models.claudeCode?.sdk]).toEqual([null, null]);
  });

  it('listen no longer once the window is closed', () => {
    const { models, secrets } = rig();
    models.dispose();
    expect(secrets.listeners.size).toBe(0);
  });
});
