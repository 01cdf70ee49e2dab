import { isName, nodeRef, type NodeKind } from '../../core/ids.ts';
import type { PreviewMessage } from '../../protocol/preview.ts';

const kinds: readonly NodeKind[] = ['module', 'tier', 'gate', 'stream'];
const mostLines = 10_000_000;
const mostUriChars = 4_000;

/**
 * What a preview sent, if it is exactly a message of the protocol; null for anything else. The page
 * is the untrusted side: what comes out is built anew.
 */
export function checkPreviewMessage(value: unknown): PreviewMessage | null {
  switch (field(value, 'type')) {
    case 'ready':
      return { type: 'ready' };
    case 'preview-reveal': {
      const ref = field(value, 'ref');
      if (typeof ref !== 'string' || ref.length > 100) return null;
      const [kind, name = '', ...rest] = ref.split(':');
      const known = kinds.find((each) => each === kind);
      if (known === undefined || rest.length > 0 || !isName(name)) return null;
      return { type: 'preview-reveal', ref: nodeRef(known, name) };
    }
    case 'preview-reveal-line': {
      const line = field(value, 'line');
      const isLine = typeof line === 'number' && Number.isSafeInteger(line);
      if (!isLine || line < 1 || line > mostLines) return null;
      return { type: 'preview-reveal-line', line };
    }
    default:
      return null;
  }
}

/** The URI of the plan that a preview kept over a reload; null for anything else. */
export function keptPlan(value: unknown): string | null {
  const plan = field(value, 'plan');
  return typeof plan === 'string' && plan !== '' && plan.length <= mostUriChars ? plan : null;
}

/** Only what the message itself holds: nothing that every object has. */
function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
