import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import type { ProvidedFolder } from './check-request.ts';
import { toolFolders } from './toolchain.ts';

/** What a confined check sees beside the system and the tool chains. */
export interface Confinement {
  /** Absolute; read-only inside, under the same path. */
  readonly tree: string;
  /** What may be written (home, temporary folder, report) and where it is seen; both absolute. */
  readonly writable: readonly { readonly source: string; readonly target: string }[];
  readonly provided: readonly ProvidedFolder[];
  readonly network: boolean;
  /** Absolute folders that the plan lets this check read. */
  readonly read: readonly string[];
  /** The search path whose tools are readable. */
  readonly path: string;
}

/** Never the whole of `/etc`: it may hold keys. */
const etc = [
  ...['alternatives', 'ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'localtime', 'nsswitch.conf'],
  ...[
    'passwd',
    'group',
    'hosts',
    'ssl/certs',
    'ca-certificates',
    'pki/tls/certs',
    'fonts',
    'mime.types',
  ],
].map((name) => `/etc/${name}`);

const online = ['/etc/resolv.conf', '/etc/services', '/etc/protocols'];

/**
 * The arguments that put a command into a file system of its own: an empty one, into which only
 * what a check needs is mounted. No home, no store of ours, no other work folder; processes and
 * (unless the plan says otherwise) network of its own; no capabilities; ended with the engine.
 */
export function bwrapArguments(confinement: Confinement): string[] {
  const { tree, writable, provided, network, read, path } = confinement;
  return [
    ...['--unshare-all', '--die-with-parent', '--cap-drop', 'ALL'],
    ...(network ? ['--share-net'] : []),
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...systemMounts(),
    ...(network ? [...etc, ...online] : etc).flatMap(readOnly),
    ...toolFolders(path).filter(beyondSystem).flatMap(readOnly),
    ...read.flatMap(readOnly),
    ...['--ro-bind', tree, tree],
    ...provided.flatMap(({ source, path: target }) => ['--ro-bind', source, `${tree}/${target}`]),
    ...writable.flatMap(({ source, target }) => ['--bind', source, target]),
    ...['--chdir', tree, '--'],
  ];
}

/** On most systems `/bin` and its like are links into `/usr` by now; they stay what they are. */
function systemMounts(): string[] {
  const links = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].filter(existing);
  return [
    ...['--ro-bind', '/usr', '/usr'],
    ...links.flatMap((path) =>
      lstatSync(path).isSymbolicLink()
        ? ['--symlink', readlinkSync(path), path]
        : ['--ro-bind', path, path],
    ),
    ...['/nix/store', '/run/current-system/sw'].flatMap(readOnly),
  ];
}

/** What is mounted already needs no second mount, and `/bin` as a link could not take one. */
function beyondSystem(path: string): boolean {
  return !/^\/(usr|s?bin|lib[0-9x]*)(\/|$)/.test(path);
}

function existing(path: string): boolean {
  return existsSync(path);
}

function readOnly(path: string): string[] {
  return ['--ro-bind-try', path, path];
}
