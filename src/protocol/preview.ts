/**
 * Between the extension host and the preview of a plan that is being written.
 *
 *     preview  ── ready ────────────────────────►  host
 *              ◄── of: which plan ──────────────
 *              ◄── plan: what can be drawn ─────
 *              ◄── troubles: why what is written now cannot be ──
 *              ◄── cursor: what the cursor stands in ──
 *              ── reveal, reveal-line ──────────►      checked by the host, field by field
 *
 * The preview draws and simulates by itself, with the core's own rules. It is the untrusted side.
 */
import type { NodeRef } from '../core/ids.ts';
import type { Plan } from '../core/plan/plan.ts';

/** What keeps a plan's text from being drawn, where it stands. Lines begin at 1. */
export interface PlanTrouble {
  readonly line: number;
  readonly message: string;
}

/** To the preview. */
export type PreviewHostMessage =
  /** `uri` of the plan file, and its path as people call it. */
  | { readonly type: 'preview-of'; readonly uri: string; readonly file: string }
  | PreviewedPlan
  /** Of the text as it is now; an empty list: the plan told last is what is written. */
  | {
      readonly type: 'preview-troubles';
      readonly troubles: readonly PlanTrouble[];
      /** How many more there are. */
      readonly more: number;
    }
  /** null: in nothing that has a name. */
  | { readonly type: 'preview-cursor'; readonly ref: NodeRef | null };

/** The last text of which the graph is sound. */
export interface PreviewedPlan {
  readonly type: 'preview-plan';
  readonly plan: Plan;
  /** Whose figures its estimates are: the plan's, or what earlier runs took. */
  readonly estimates: string;
}

/** From the preview. */
export type PreviewMessage =
  | { readonly type: 'ready' }
  /** Shows where a module, tier or gate is written. */
  | { readonly type: 'preview-reveal'; readonly ref: NodeRef }
  | { readonly type: 'preview-reveal-line'; readonly line: number };

/** What the editor keeps of a preview over a reload: the page writes it, and the host checks it. */
export interface KeptPreview {
  /** Of the plan file; the host tells it in the page. */
  readonly plan: string;
  /** Instead of the plan's places; null for those. */
  readonly builders: number | null;
}
