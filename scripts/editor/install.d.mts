import type { EditorProgram } from './serve.d.mts';

export function provideEditor(): Promise<EditorProgram>;
