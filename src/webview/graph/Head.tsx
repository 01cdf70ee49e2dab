/** Where a head points to, and whence. */
export interface HeadAt {
  readonly x: number;
  readonly y: number;
  /** In degrees. */
  readonly angle: number;
}

/**
 * The outline of an edge's head, closed or open; its tip is at the point given. Its corners are worked
 * out here: a drawing with a transform for each of thousands of heads is costly to paint.
 */
export function headPath({ x, y, angle }: HeadAt, large: boolean, open: boolean): string {
  const scale = large ? 1.25 : 1;
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.round(Math.cos(radians)), Math.round(Math.sin(radians))];
  const corner = (along: number, beside: number): string =>
    `${x + scale * (along * cos - beside * sin)} ${y + scale * (along * sin + beside * cos)}`;
  const corners = `M${corner(-7, -4.5)}L${x} ${y}L${corner(-7, 4.5)}`;
  return open ? corners : `${corners}Z`;
}

/** The head of one edge. */
export function Head(props: HeadAt & { readonly large: boolean; readonly open: boolean }) {
  const { large, open } = props;
  return <path className={open ? 'edge-tip' : 'edge-head'} d={headPath(props, large, open)} />;
}
