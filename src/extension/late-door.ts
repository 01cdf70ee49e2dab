import { editorLanguage } from './language.ts';

type Late = typeof import('./late.ts');

let loaded: Late | null = null;

/** What a window needs only once somebody asks for it: nothing of it counts at activation. */
export function late(): Late {
  // A bundle beside ours, which only the build knows; it needs the editor's own `require`.
  const bundle = '../late/late.cjs';
  if (loaded === null) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the editor hands itself out to no other import
    loaded = require(bundle) as Late;
    loaded.setLanguage(editorLanguage());
  }
  return loaded;
}
