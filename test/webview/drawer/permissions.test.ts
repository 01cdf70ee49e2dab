import { afterEach, expect, test } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import { setLanguage } from '../../../src/core/language.ts';
import { permissions } from '../../../src/webview/drawer/permissions.ts';
import { english, german } from '../../support/german.ts';
import { given } from '../../support/scenario.ts';
import { plan } from '../../support/scenario-plan.ts';

const { state } = given(plan({ modules: { lexer: {} } }));
afterEach(() => setLanguage(english));

test('what has no short words is said in those of the rule, in the language of the window', () => {
  const nobody = (): string | null => permissions(state, moduleId('nobody'), null).amend;
  expect(nobody()).toBe('the plan has no module nobody');
  setLanguage(german);
  expect(nobody()).toBe('der Plan hat kein Modul nobody');
});
