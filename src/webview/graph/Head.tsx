/**
 * The head of an edge, closed or open; its tip is at the point given. Its corners are worked out here: a
 * drawing with a transform for each of thousands of heads is costly to paint.
 */
export function Head(props: {
  x: number;
  y: number;
  angle: number;
  large?: boolean;
  open?: boolean;
}) {
  const { x, y, angle, large = false, open = false } = props;
  const scale = large ? 1.25 : 1;
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.round(Math.cos(radians)), Math.round(Math.sin(radians))];
  const corner = (along: number, beside: number): string =>
    `${x + scale * (along * cos - beside * sin)} ${y + scale * (along * sin + beside * cos)}`;
  const corners = `M${corner(-7, -4.5)}L${x} ${y}L${corner(-7, 4.5)}`;
  return open ? (
    <path className="edge-tip" d={corners} />
  ) : (
    <path className="edge-head" d={`${corners}Z`} />
  );
}
