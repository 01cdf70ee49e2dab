import { editorLanguage } from './language.ts';
import { notLoaded, type LoadFailure } from './native/load-failure.ts';

type Late = typeof import('./late.ts');

let loaded: Late | null = null;
let failure: LoadFailure | null = null;

/** What a window needs only once somebody asks for it: nothing of it counts at activation. */
export function late(): Late {
  // A bundle beside ours, which only the build knows; it needs the editor's own `require`.
  const bundle = '../late/late.cjs';
  if (loaded !== null) return loaded;
  if (failure !== null) throw failure;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the editor hands itself out to no other import
    const its = require(bundle) as Late;
    its.setLanguage(editorLanguage());
    return (loaded = its);
  } catch (error) {
    throw (failure = notLoaded('dist/late/late.cjs', error));
  }
}
