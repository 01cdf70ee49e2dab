import { useEffect, useState, type RefObject } from 'react';

/** What of an element's content is in sight, pixels. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Renewed at most once a frame while it is scrolled or its size changes. */
export function useBox(of: RefObject<HTMLElement | null>, fallback: Box): Box {
  const [box, setBox] = useState(fallback);
  useEffect(() => {
    const element = of.current;
    if (element === null) return;
    let frame = 0;
    const measure = (): void => {
      frame = 0;
      const { scrollLeft: left, scrollTop: top, clientWidth, clientHeight } = element;
      // Nothing is drawn yet, or ever.
      if (clientWidth === 0) return;
      setBox((last) =>
        last.left === left &&
        last.top === top &&
        last.width === clientWidth &&
        last.height === clientHeight
          ? last
          : { left, top, width: clientWidth, height: clientHeight },
      );
    };
    const later = (): void => {
      if (frame === 0) frame = requestAnimationFrame(measure);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', later, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', later);
      cancelAnimationFrame(frame);
    };
  }, [of]);
  return box;
}
