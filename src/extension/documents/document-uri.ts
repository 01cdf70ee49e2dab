import { isRunId, treeId, type RunId, type TreeId } from '../../core/ids.ts';
import { unsafePath } from '../../core/paths.ts';

/** What a read-only document shows; `folder` is the workspace folder's URI. */
export type DocumentPlace = { readonly folder: string; readonly run: RunId } & (
  | { readonly kind: 'file'; readonly tree: TreeId; readonly path: string }
  | { readonly kind: 'postmortem' }
  /** By its name in the run's folder of transcripts. */
  | { readonly kind: 'transcript'; readonly file: string }
);

/** The parts of a URI that tell it; the editor encodes them. */
export interface DocumentUri {
  /** `/<first digits of the tree>/<path>`: what people see of it. */
  readonly path: string;
  /** `<run>:<tree>:<folder>` */
  readonly query: string;
}

const treePattern = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const report = 'report';
const reportName = 'postmortem.md';
const transcript = 'transcript';
const transcriptFile = /^[a-z0-9.-]{1,160}\.md$/;

export function documentUri(place: DocumentPlace): DocumentUri {
  const { folder, run } = place;
  if (place.kind === 'postmortem') {
    return { path: `/${run}/${reportName}`, query: `${run}:${report}:${folder}` };
  }
  if (place.kind === 'transcript') {
    return { path: `/${run}/${place.file}`, query: `${run}:${transcript}:${folder}` };
  }
  const { tree, path } = place;
  return { path: `/${tree.slice(0, 7)}/${path}`, query: `${run}:${tree}:${folder}` };
}

/** Reads a URI that may come from anywhere; null where it is none of ours. */
export function readDocumentUri(uri: DocumentUri): DocumentPlace | null {
  const [run = '', tree = '', ...folders] = uri.query.split(':');
  const folder = folders.join(':');
  if (!isRunId(run)) return null;
  if (tree === report) {
    return uri.path === `/${run}/${reportName}` ? { kind: 'postmortem', folder, run } : null;
  }
  if (tree === transcript) {
    const file = uri.path.slice(`/${run}/`.length);
    const isOurs = uri.path === `/${run}/${file}` && transcriptFile.test(file);
    return isOurs ? { kind: 'transcript', folder, run, file } : null;
  }
  const start = `/${tree.slice(0, 7)}/`;
  const path = uri.path.slice(start.length);
  if (!treePattern.test(tree) || !uri.path.startsWith(start)) return null;
  return unsafePath(path) === null ? { kind: 'file', folder, run, tree: treeId(tree), path } : null;
}
