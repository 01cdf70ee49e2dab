import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleHostTests } from '../../scripts/editor/host-tests.mjs';
import { Editor, unprovided } from './support/editor.ts';
import { runInHost } from './support/host-run.ts';

describe.skipIf(unprovided() !== '')('inside the extension host', () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.start({ testDriver: true });
  });
  afterAll(() => editor[Symbol.asyncDispose]());

  it('all rules of the suite hold', async () => {
    const { code, lines } = await runInHost(editor, editor.example(), await bundleHostTests());
    expect(code, lines.join('\n')).toBe(0);
    // A suite that did not run would end with 0 as well.
    expect(lines).toContainEqual(expect.stringMatching(/^[1-9]\d* passed, 0 failed$/));
  });
});
