import { useCallback, useRef, useState } from 'react';
import { pressedOn } from '../keys/module-keys.ts';
import { useReturnFocus } from '../parts/use-return-focus.ts';
import { useBoard } from '../store.ts';
import { afterDrawer } from './after-drawer.ts';
import { BudgetsSection } from './BudgetsSection.tsx';
import { ConflictsSection } from './ConflictsSection.tsx';
import { ContractSection } from './ContractSection.tsx';
import { CostSection } from './CostSection.tsx';
import './Drawer.css';
import { DrawerFooter } from './DrawerFooter.tsx';
import { DrawerHeader } from './DrawerHeader.tsx';
import { HandoffsSection } from './HandoffsSection.tsx';
import { InsightsSection } from './InsightsSection.tsx';
import { LateSection } from './LateSection.tsx';
import { NeedsRow } from './NeedsRow.tsx';
import { shownModule } from './shown-module.ts';
import { SubmissionsSection } from './SubmissionsSection.tsx';
import { TestsSection } from './TestsSection.tsx';
import { useEscape } from './use-escape.ts';
import { VerdictsSection } from './VerdictsSection.tsx';

/** A letter in these is a letter. */
const WRITTEN_IN = 'input, textarea, select, vscode-textarea';

/** All about the selected module: its contract, what was handed in and how that was judged. */
export function Drawer() {
  const chronicle = useBoard((state) => state.chronicle);
  const selected = useBoard((state) => state.selected);
  const select = useBoard((state) => state.select);
  const drawer = useRef<HTMLElement>(null);
  useEscape(drawer, () => select(null));
  const [of] = useState(selected);
  useReturnFocus(
    drawer,
    useCallback(() => afterDrawer(of), [of]),
  );
  const shown = chronicle === null || selected === null ? null : shownModule(chronicle, selected);
  if (shown === null) return null;
  return (
    <aside
      {...{ ref: drawer, className: 'drawer', 'aria-label': shown.id, tabIndex: -1 }}
      onKeyDown={(event) => {
        const writes = event.target instanceof HTMLElement && event.target.matches(WRITTEN_IN);
        if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
        pressedOn(shown.id, event);
      }}
    >
      <div className="drawer-scroll scrolls">
        <DrawerHeader shown={shown} onClose={() => select(null)} />
        <NeedsRow shown={shown} />
        <ContractSection shown={shown} />
        <TestsSection shown={shown} />
        <SubmissionsSection shown={shown} />
        <VerdictsSection shown={shown} />
        <ConflictsSection shown={shown} />
        <HandoffsSection shown={shown} />
        <InsightsSection shown={shown} />
        <CostSection shown={shown} />
        <BudgetsSection shown={shown} />
        <LateSection shown={shown} />
      </div>
      <DrawerFooter shown={shown} />
    </aside>
  );
}
