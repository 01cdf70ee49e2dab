import { isName, nodeRef, type NodeKind, type NodeRef } from '../ids.ts';
import { joined, phrase, type Phrase } from '../phrase.ts';
import { closest, meant } from './closest.ts';
import { issue, type Issue, type IssuePath } from './issue.ts';
import { unreachable } from '../unreachable.ts';
import { declareResources } from './normalise-resources.ts';
import { reservedForScripts } from './reserved-names.ts';
import type { PlanFile } from './schema.ts';

/** A file that gets everything wrong is not searched for what each of its names may have meant. */
const maxSuggestions = 100;

const kinds: readonly NodeKind[] = ['module', 'tier', 'gate', 'stream'];

/** What a plan declares, and how texts that refer to it are read. */
export interface Names {
  readonly declared: Readonly<Record<NodeKind, ReadonlySet<string>>>;
  /** How many units there are of each resource. */
  readonly resources: ReadonlyMap<string, number>;
  readonly issues: Issue[];
  /** References that found nothing so far. */
  misses: number;
}

/** Where a reference may point to. */
export type RefKinds = readonly NodeKind[];
export const anyKind: RefKinds = kinds;

/** Names that cannot be used are reported, and not declared. */
export function declareNames(file: PlanFile): Names {
  const issues: Issue[] = [];
  const usable = (section: string, names: readonly string[], reserved?: ReadonlySet<string>) =>
    new Set(names.filter((name) => isUsable(name, [section, name], reserved, issues)));
  const streams = Object.keys(file.streams);
  // Without a list of streams, whatever modules name is one; `main` is there always.
  const named = streams.length === 0 ? Object.values(file.modules).map((m) => m.stream) : [];
  return {
    misses: 0,
    declared: {
      module: usable('modules', Object.keys(file.modules), reservedForScripts),
      tier: usable('tiers', Object.keys(file.tiers)),
      gate: usable('gates', Object.keys(file.gates ?? {})),
      stream: new Set([
        ...usable('streams', streams),
        ...named.filter(isName),
        ...(Object.values(file.modules).some((m) => m.stream === 'main') ? ['main'] : []),
      ]),
    },
    resources: declareResources(file.resources, { issues }),
    issues,
  };
}

function isUsable(
  name: string,
  path: IssuePath,
  reserved: ReadonlySet<string> | undefined,
  issues: Issue[],
): boolean {
  const reason = !isName(name)
    ? phrase('"{0}" is a device on Windows', name)
    : reserved?.has(name) === true
      ? phrase('"{0}" is the name of a folder that scripts keep for other roles', name)
      : null;
  if (reason !== null) {
    issues.push(issue('invalid-name', path, reason, phrase('Choose another name.')));
  }
  return reason === null;
}

/** Reads `lexer` or `tier:frontend`; null, with an issue, where nothing has that name. */
export function resolve(
  names: Names,
  text: string,
  path: IssuePath,
  allowed: RefKinds,
): NodeRef | null {
  const colon = text.indexOf(':');
  const kind = colon === -1 ? allowed[0] : kinds.find((known) => known === text.slice(0, colon));
  const name = text.slice(colon + 1);
  if (kind !== undefined && allowed.includes(kind) && names.declared[kind].has(name)) {
    if (colon === -1) warnOfTwins(names, kind, name, path, allowed);
    return nodeRef(kind, name);
  }
  const what =
    kind === undefined || !allowed.includes(kind)
      ? phrase('"{0}" refers to nothing that is allowed here', text)
      : absent(kind, name);
  names.issues.push(issue('unknown-name', path, what, suggest(names, text, name, allowed)));
  return null;
}

/** The same for a place where only one kind can stand; answers with the bare name. */
export function resolveName(
  names: Names,
  text: string,
  path: IssuePath,
  kind: NodeKind,
): string | null {
  const ref = resolve(names, text, path, [kind]);
  return ref === null ? null : ref.slice(kind.length + 1);
}

function absent(kind: NodeKind, name: string): Phrase {
  switch (kind) {
    case 'module':
      return phrase('there is no module "{0}"', name);
    case 'tier':
      return phrase('there is no tier "{0}"', name);
    case 'gate':
      return phrase('there is no gate "{0}"', name);
    case 'stream':
      return phrase('there is no stream "{0}"', name);
    default:
      return unreachable(kind);
  }
}

/** What there are several of, as a fix names them. */
function manyOf(kind: NodeKind): Phrase {
  switch (kind) {
    case 'module':
      return phrase('modules');
    case 'tier':
      return phrase('tiers');
    case 'gate':
      return phrase('gates');
    case 'stream':
      return phrase('streams');
    default:
      return unreachable(kind);
  }
}

function suggest(names: Names, text: string, name: string, allowed: RefKinds): Phrase {
  names.misses += 1;
  if (names.misses > maxSuggestions) return phrase('Correct the name, or declare what it names.');
  const write = (kind: NodeKind, id: string) => (kind === allowed[0] ? id : `${kind}:${id}`);
  const exact = allowed.find((kind) => names.declared[kind].has(name));
  if (exact !== undefined) return phrase('Write "{0}".', write(exact, name));
  const candidates = allowed.flatMap((kind) =>
    [...names.declared[kind]].map((id) => write(kind, id)),
  );
  return (
    meant(closest(text, candidates)) ??
    phrase('Declare it, or name one of the {0} there are.', joined(', ', allowed.map(manyOf)))
  );
}

function warnOfTwins(
  names: Names,
  kind: NodeKind,
  name: string,
  path: IssuePath,
  allowed: RefKinds,
): void {
  const twin = allowed.find((other) => other !== kind && names.declared[other].has(name));
  if (twin === undefined) return;
  names.issues.push(
    issue(
      'ambiguous-name',
      path,
      kind === 'module'
        ? phrase('"{0}" means the module, though something else has the same name', name)
        : phrase(
            '"{0}" means "{1}", though "{2}" has the same name',
            name,
            `${kind}:${name}`,
            `${twin}:${name}`,
          ),
      phrase('Write "{0}", or "{1}".', `${kind}:${name}`, `${twin}:${name}`),
    ),
  );
}
