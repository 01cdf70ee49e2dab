/**
 * The sets of nodes that wait for each other, each node of a set for each: strongly connected
 * components of two nodes or more, and nodes that wait for themselves. By Tarjan, with a stack of
 * its own, since a chain of thousands of modules would exhaust the machine's.
 */
export function cyclicComponents<Node>(
  nodes: Iterable<Node>,
  next: (node: Node) => readonly Node[],
): Node[][] {
  const index = new Map<Node, number>();
  const low = new Map<Node, number>();
  const open: Node[] = [];
  const isOpen = new Set<Node>();
  const found: Node[][] = [];

  const enter = (node: Node): Frame<Node> => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, rest: next(node).values() };
  };
  const lower = (node: Node, to: number): void => {
    low.set(node, Math.min(low.get(node) ?? to, to));
  };
  const close = (node: Node): void => {
    const component = open.splice(open.lastIndexOf(node));
    for (const member of component) isOpen.delete(member);
    if (component.length > 1 || next(node).includes(node)) found.push(component);
  };

  for (const start of nodes) {
    if (index.has(start)) continue;
    const stack = [enter(start)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const step = top.rest.next();
      if (step.done !== true) {
        if (!index.has(step.value)) stack.push(enter(step.value));
        else if (isOpen.has(step.value)) lower(top.node, index.get(step.value) ?? 0);
        continue;
      }
      stack.pop();
      const own = low.get(top.node) ?? 0;
      if (own === index.get(top.node)) close(top.node);
      const parent = stack.at(-1);
      if (parent !== undefined) lower(parent.node, own);
    }
  }
  return found;
}

interface Frame<Node> {
  readonly node: Node;
  readonly rest: Iterator<Node, undefined>;
}
