/** The closed head of an edge; its tip is at the point given. */
export function Head(props: { x: number; y: number; angle: number; large?: boolean }) {
  const { x, y, angle, large = false } = props;
  const turned = `translate(${x} ${y}) rotate(${angle}) scale(${large ? 1.25 : 1})`;
  return <path className="edge-head" transform={turned} d="M-7 -4.5L0 0L-7 4.5Z" />;
}
