import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { executableFault } from '../../../../src/engine/agents/claude-code/executable-fault.ts';
import { openProviders } from '../../../../src/engine/providers.ts';
import { systemClock } from '../../../../src/engine/clock.ts';
import { smallPlan } from '../../../core/projections/story.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

test.skipIf(process.platform === 'win32')(
  'a program of the user’s is found, and what is none is told',
  async () => {
    await using folder = await tempFolder();
    const at = (name: string): string => join(folder.path, name);
    await writeFile(at('claude'), '#!/bin/sh\n');
    await chmod(at('claude'), 0o755);
    await writeFile(at('cli.js'), '');
    await writeFile(at('text'), '');
    await mkdir(at('folder'));
    const path = ['/nowhere', folder.path].join(delimiter);
    for (const named of [at('claude'), 'claude', at('cli.js')]) {
      expect(await executableFault(named, path)).toBeNull();
    }
    for (const [named, why] of [
      [at('gone'), 'there is no such file'],
      [at('folder'), 'it is no file'],
      ['gone', 'it is not on the PATH'],
    ] as const) {
      const says = await executableFault(named, path);
      expect(says).toContain(`ASHLAR_CLAUDE_EXECUTABLE names ${named}, which is no program`);
      expect(says).toContain(`: ${why}; name the`);
      expect(await executableFault(named, path, 'the setting x.y')).toContain(
        'the setting x.y names',
      );
    }
  },
);

test('a run whose agents are of claude-code does not begin where it is none', async () => {
  const { pools, ...plan } = smallPlan();
  const agent = 'claude-code';
  const { planners, builders, reviewers } = pools;
  const models = {
    choice: {},
    service: { apiKey: 'a-key', baseURL: null, keyHint: '' },
    claudeCode: { sdk: null, executable: '/nowhere/claude' },
  };
  const opened = await openProviders(
    {
      ...plan,
      pools: {
        ...{ planners: { ...planners, agent }, builders: { ...builders, agent } },
        reviewers: { ...reviewers, agent },
      },
    },
    { workspace: '/', script: null, clock: systemClock(), models },
  );
  expect(opened).toMatchObject({ ok: false, code: 'no-claude-code' });
  if (!opened.ok) expect(opened.message).toContain('/nowhere/claude, which is no program');
});
