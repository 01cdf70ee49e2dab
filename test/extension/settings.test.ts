import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Setting {
  readonly scope: string;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
};
const settings = Object.entries(contributes.configuration.properties);

it('are said where they belong: of the machine what is executed, of a folder what its runs stand on', () => {
  expect(Object.fromEntries(settings.map(([name, { scope }]) => [name, scope]))).toEqual({
    ...{ 'ashlar.baseUrl': 'machine', 'ashlar.claudeSdk': 'machine' },
    ...{ 'ashlar.claudeExecutable': 'machine', 'ashlar.sandbox': 'machine-overridable' },
    ...{ 'ashlar.base': 'resource', 'ashlar.scriptedAgentSpeed': 'resource' },
    ...{ 'ashlar.resumeInterruptedRuns': 'window', 'ashlar.languageModel': 'window' },
    ...{ 'ashlar.openBoardOnStart': 'window', 'ashlar.notifyWhenNeeded': 'window' },
  });
});

it('explain each value that can be chosen', () => {
  const chosen = settings.filter(([, setting]) => setting.enum !== undefined);
  expect(chosen).not.toEqual([]);
  for (const [name, { enum: values, markdownEnumDescriptions: words }] of chosen) {
    const keys = values?.map((value) => `%setting.${name.replace('ashlar.', '')}.${value}%`);
    expect([name, words]).toEqual([name, keys]);
  }
});
