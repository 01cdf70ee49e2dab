/** A graph of modules as what each one needs; needs come before the modules that need them. */
export interface Shape {
  readonly name: 'chain' | 'fan' | 'layered';
  readonly needs: readonly (readonly number[])[];
}

export const shapeNames = ['chain', 'fan', 'layered'] as const;

export function shapeOf(name: Shape['name'], modules: number): Shape {
  switch (name) {
    case 'chain':
      return { name, needs: graph(modules, (node) => [node - 1]) };
    case 'fan':
      return { name, needs: graph(modules, () => [0]) };
    case 'layered':
      return { name, needs: layered(modules) };
  }
}

function graph(modules: number, needsOf: (node: number) => number[]): number[][] {
  return Array.from({ length: modules }, (_, node) => (node === 0 ? [] : needsOf(node)));
}

/** About √N layers of √N modules; each module needs one to three of the layer before. */
function layered(modules: number): number[][] {
  const width = Math.round(Math.sqrt(modules));
  const random = seeded(modules);
  return graph(modules, (node) => {
    const layer = Math.floor(node / width);
    if (layer === 0) return [];
    const needs = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
      return (layer - 1) * width + Math.floor(random() * width);
    });
    return [...new Set(needs)];
  });
}

/** mulberry32: the same plans in every run. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
