import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { impact } from '../../core/projections/impact.ts';
import { afterAmendment } from '../drawer/after-drawer.ts';
import { useReturnFocus } from '../parts/use-return-focus.ts';
import { useBoard } from '../store.ts';
import { RefusalBanner } from '../board/Banner.tsx';
import './Amendment.css';
import { AmendmentFooter } from './AmendmentFooter.tsx';
import { AmendmentHeader } from './AmendmentHeader.tsx';
import { NewVersion } from './NewVersion.tsx';
import { notYet } from './ready.ts';
import { WhatFollows } from './WhatFollows.tsx';

/** The guided step to a contract's next version: why, what changes, and what follows from it. */
export function Amendment() {
  const chronicle = useBoard((state) => state.chronicle);
  const module = useBoard((state) => state.amending);
  const draft = useBoard((state) => (module === null ? null : (state.drafts.get(module) ?? null)));
  const reason = useBoard((state) => (module === null ? '' : (state.reasons.get(module) ?? '')));
  const close = useBoard((state) => state.amend);
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => page.current?.focus(), []);
  const [of] = useState(module);
  useReturnFocus(
    page,
    useCallback(() => afterAmendment(of), [of]),
  );

  const node = module === null ? undefined : chronicle?.state.graph.moduleIndex.get(module);
  const sealed =
    node !== undefined && chronicle !== null && chronicle.state.modules.get(node).seal !== null;
  // A draft outlives the state that it was begun in: what would happen now is what counts.
  const kind = sealed ? 'reopen' : 'amend';
  const follows = useMemo(
    () => (chronicle === null || module === null ? null : impact(chronicle, module, kind)),
    [chronicle, module, kind],
  );
  if (chronicle === null || module === null || node === undefined || follows === null) return null;
  const { version } = chronicle.state.modules.get(node).contract;
  const why = notYet(draft, reason, version, follows);
  return (
    <div
      ref={page}
      className="amendment"
      role="dialog"
      aria-modal="true"
      aria-labelledby="amendment-title"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close(null);
      }}
    >
      <AmendmentHeader {...{ module, kind, version, draft, reason, onClose: () => close(null) }} />
      <div className="amendment-banners">
        <RefusalBanner />
      </div>
      <div className="amendment-body">
        <NewVersion {...{ module, version, draft, reason }} />
        <WhatFollows {...{ chronicle, kind, module, follows }} />
      </div>
      <AmendmentFooter {...{ module, kind, draft, reason, why, follows }} />
    </div>
  );
}
