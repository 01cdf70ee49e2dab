import type { Node } from '@xyflow/react';
import type { Graph } from '../../core/graph.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Course } from './grid.ts';
import { heightOf, type Layout } from './layout.ts';
import { GATE_RADIUS, type Size } from './measures.ts';

/** What a node must know; the rest it gets from the store by itself. */
export interface NodeData extends Record<string, unknown> {
  /** Its number in the plan's graph. */
  readonly node: number;
  readonly size: Size;
}

/** A course that is folded: its first module stands for all of them. */
interface CourseData extends NodeData {
  readonly course: Course;
}

export type CourseNode = Node<CourseData, 'course'>;
export type ModuleNode = Node<NodeData, 'module'>;
export type GateNodeType = Node<NodeData, 'gate'>;

/** Nodes that can neither be dragged nor selected by the library let clicks through to the ground. */
const CLICKABLE = { pointerEvents: 'all' } as const;

/** Everything with its size and place, so that nothing has to be measured. */
export function nodesOf(
  plan: Plan,
  graph: Graph,
  layout: Layout,
): (ModuleNode | CourseNode | GateNodeType)[] {
  const { cardWidth, gateText } = layout.measures;
  const { size } = layout;
  const stones = new Map<number, Course>();
  for (const course of layout.grid.courses) {
    const [first] = course.modules;
    if (course.folded && first !== undefined) {
      stones.set(layout.grid.shownAs[first] ?? first, course);
    }
  }
  const modules = plan.modules.flatMap((module, node): (ModuleNode | CourseNode)[] => {
    if (layout.grid.shownAs[node] !== node) return [];
    const position = layout.modules[node] ?? { x: 0, y: 0 };
    const box = { width: cardWidth, height: heightOf(layout, node) };
    const its = {
      ...box,
      initialWidth: box.width,
      initialHeight: box.height,
      measured: box,
      handles: [],
      style: CLICKABLE,
    };
    const course = stones.get(node);
    if (course !== undefined) {
      const data = { node, size, course };
      return [{ id: `course:${course.tier ?? ''}`, type: 'course', position, data, ...its }];
    }
    const id = `module:${module.id}`;
    return [{ id, type: 'module', position, data: { node, size }, ...its }];
  });
  const gates = [...layout.gates].map(([node, { x, y }]): GateNodeType => {
    const box = { width: 2 * GATE_RADIUS + gateText, height: 2 * GATE_RADIUS };
    const position = { x: x - GATE_RADIUS, y: y - GATE_RADIUS };
    const id = graph.refs[node] ?? String(node);
    return {
      ...{ id, type: 'gate', position, data: { node, size } },
      ...{ ...box, measured: box, handles: [], style: CLICKABLE },
    };
  });
  return [...modules, ...gates];
}
