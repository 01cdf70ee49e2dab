const maxSteps = 40;

export type LinkEnd = 'inside' | 'leaves' | 'loops';

/**
 * Where a link ends, going by the links of the folder alone: nothing on disk is followed. `links`
 * has every link's target by the link's path; a target that nobody has made is still inside.
 */
export function linkEnd(path: string, links: ReadonlyMap<string, string>): LinkEnd {
  const target = links.get(path);
  if (target === undefined) return 'inside';
  let at = path.split('/').slice(0, -1);
  let rest = splitTarget(target);
  if (rest === null) return 'leaves';
  for (let steps = 0; rest.length > 0;) {
    const [segment = '', ...after]: string[] = rest;
    rest = after;
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (at.length === 0) return 'leaves';
      at = at.slice(0, -1);
      continue;
    }
    const next = links.get([...at, segment].join('/'));
    if (next === undefined) {
      at = [...at, segment];
      continue;
    }
    steps += 1;
    if (steps > maxSteps) return 'loops';
    const inner = splitTarget(next);
    if (inner === null) return 'leaves';
    rest = [...inner, ...rest];
  }
  return 'inside';
}

/** The segments of a relative target; null for an absolute one, on whichever system. */
function splitTarget(target: string): string[] | null {
  if (/^([/\\]|[a-z]:)/i.test(target)) return null;
  return target.split(/[/\\]/);
}
