import type { TreeId } from '../../core/ids.ts';
import type { Evidence } from '../../core/verdict.ts';
import { host } from '../host.ts';
import type { ShownModule } from './shown-module.ts';

/** Leads to where evidence was found: in the contract's tests, or in the submission `tree`. */
export function openEvidence({ id: module }: ShownModule, tree: TreeId | null) {
  return ({ file, line }: Evidence): void => {
    if (file !== null) host.act({ do: 'open-evidence', module, tree, file, line });
  };
}
