import type { CodeInfo } from './code-info.ts';
import { qualityCodes } from './codes-quality.ts';
import { readingCodes } from './codes-reading.ts';

/** Every diagnostic a plan can get. Codes are stable: scripts and editors match on them. */
export const codes = { ...readingCodes, ...qualityCodes };

export type DiagnosticCode = keyof typeof codes;

/** Widened: a caller wants to know what a code can be, not what this one is. */
export const codeInfo = (code: DiagnosticCode): CodeInfo => codes[code];
