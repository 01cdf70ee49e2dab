import {
  DocumentSymbol,
  l10n,
  Location,
  Range,
  SymbolKind,
  WorkspaceEdit,
  type Position,
  type TextDocument,
} from 'vscode';
import { isName } from '../../core/ids.ts';
import { engine } from '../engine-door.ts';
import type { NamedKind, NamedPlace } from './plan-outline.ts';

/** Where the name at a place is given; where nothing gives it, as with streams, where it first stands. */
export async function planDefinition(
  document: TextDocument,
  position: Position,
): Promise<Location | undefined> {
  const [first] = await placesAt(document, position);
  return first === undefined ? undefined : locationOf(document, first);
}

export async function planReferences(
  document: TextDocument,
  position: Position,
): Promise<Location[]> {
  const places = await placesAt(document, position);
  return places.map((place) => locationOf(document, place));
}

/** What is renamed; refuses what has no name. */
export async function prepareRename(document: TextDocument, position: Position): Promise<Range> {
  const { planOutline, nameAt } = await (await engine()).planOutlines();
  const place = nameAt(planOutline(document.getText()), document.offsetAt(position));
  if (place === null) {
    throw new Error(
      l10n.t('Only modules, tiers, gates, streams and resources of the plan can be renamed.'),
    );
  }
  return rangeOf(document, place);
}

export async function renameInPlan(
  document: TextDocument,
  position: Position,
  to: string,
): Promise<WorkspaceEdit | undefined> {
  const { planOutline, nameAt, placesOf } = await (await engine()).planOutlines();
  const outline = planOutline(document.getText());
  const place = nameAt(outline, document.offsetAt(position));
  if (place === null) return undefined;
  if (!isName(to)) {
    throw new Error(
      l10n.t('A name is a small letter, then small letters, digits and “-”, 40 at most.'),
    );
  }
  const { kind } = place;
  if (to !== place.name && placesOf(outline, { kind, name: to }).length > 0) {
    throw new Error(l10n.t('The plan has {0} already.', to));
  }
  const edit = new WorkspaceEdit();
  for (const each of placesOf(outline, place))
    edit.replace(document.uri, rangeOf(document, each), to);
  return edit;
}

const symbolKinds: Readonly<Record<NamedKind, SymbolKind>> = {
  module: SymbolKind.Module,
  tier: SymbolKind.Package,
  gate: SymbolKind.Event,
  stream: SymbolKind.Namespace,
  resource: SymbolKind.Key,
};

/** For the outline, the breadcrumbs and “Go to Symbol”. */
export async function planSymbols(document: TextDocument): Promise<DocumentSymbol[]> {
  const { planOutline } = await (await engine()).planOutlines();
  return planOutline(document.getText()).given.map((place) => {
    const whole = new Range(document.positionAt(place.from), document.positionAt(place.end));
    const { kind, name } = place;
    return new DocumentSymbol(name, kind, symbolKinds[kind], whole, rangeOf(document, place));
  });
}

async function placesAt(document: TextDocument, position: Position): Promise<NamedPlace[]> {
  const { planOutline, nameAt, placesOf } = await (await engine()).planOutlines();
  const outline = planOutline(document.getText());
  const place = nameAt(outline, document.offsetAt(position));
  return place === null ? [] : placesOf(outline, place);
}

const locationOf = (document: TextDocument, place: NamedPlace): Location =>
  new Location(document.uri, rangeOf(document, place));

const rangeOf = (document: TextDocument, { from, to }: NamedPlace): Range =>
  new Range(document.positionAt(from), document.positionAt(to));
