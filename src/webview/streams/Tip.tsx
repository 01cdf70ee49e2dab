import { useCallback, useState, type ReactElement, type SyntheticEvent } from 'react';

interface Pointed {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
}

/** The words of what is pointed at or reached by keys: of the nearest element with `data-tip`. */
export function useTip() {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const hide = useCallback(() => setPointed(null), []);
  const show = useCallback((event: SyntheticEvent) => {
    const element = event.target instanceof Element ? event.target.closest('[data-tip]') : null;
    const words = element instanceof HTMLElement ? element.dataset.tip : undefined;
    if (element === null || words === undefined) {
      setPointed(null);
      return;
    }
    const { left, bottom } = element.getBoundingClientRect();
    const lines = words.split('\n');
    const x = 'clientX' in event ? Number(event.clientX) : Math.max(left, 0);
    setPointed({ x, y: bottom + 4, lines });
  }, []);
  return { pointed, show, hide };
}

const WIDTH_PX = 320;
const LINE_PX = 18;

export function Tip({ pointed }: { readonly pointed: Pointed | null }): ReactElement | null {
  if (pointed === null) return null;
  const [first, ...rest] = pointed.lines;
  const left = Math.max(4, Math.min(pointed.x, window.innerWidth - WIDTH_PX - 8));
  const height = 16 + LINE_PX * (pointed.lines.length + 1);
  const top = Math.min(pointed.y, window.innerHeight - height);
  return (
    <div role="tooltip" className="tl-tip" style={{ left, top, maxWidth: WIDTH_PX }}>
      <strong>{first}</strong>
      {rest.map((line, at) => (
        <div key={at}>{line}</div>
      ))}
    </div>
  );
}
