import { editorLanguage } from './language.ts';
import { notLoaded } from './native/load-failure.ts';

type Engine = typeof import('./engine.ts');

let loaded: Promise<Engine> | null = null;

/** The engine, loaded when it is first asked for: nothing of it counts at activation. */
export function engine(): Promise<Engine> {
  // The path is that of the bundle beside ours, which only the build knows.
  const bundle = '../engine/engine.mjs';
  loaded ??= (import(bundle) as Promise<Engine>)
    .then((its) => {
      its.setLanguage(editorLanguage());
      return its;
    })
    .catch((error: unknown) => {
      throw notLoaded('dist/engine/engine.mjs', error);
    });
  return loaded;
}
