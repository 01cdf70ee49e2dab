import { joined, phrase, type Phrase } from '../phrase.ts';
import { isName } from '../ids.ts';

/** Something outside of the tree that a check's command uses, read off the command. */
export interface Trace {
  /** The same for whatever is the same thing. */
  readonly key: string;
  /** What a resource for it may be called. */
  readonly name: string;
  /** As people call it. */
  readonly says: Phrase;
  /** A file that is written, relative to the root or absolute; null for services and ports. */
  readonly file: string | null;
}

/** Ports that services are known by, for names and for addresses that leave them out. */
const knownPorts: ReadonlyMap<string, number> = new Map([
  ['postgres', 5432],
  ['postgresql', 5432],
  ['mysql', 3306],
  ['mariadb', 3306],
  ['mongodb', 27017],
  ['redis', 6379],
  ['rediss', 6379],
  ['amqp', 5672],
  ['nats', 4222],
  ['memcached', 11211],
]);

const local = String.raw`(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])`;
const localHost = new RegExp(`^${local}$`);
const localAddress = new RegExp(String.raw`(?<![\w.-])${local}:(\d{2,5})(?!\d)`, 'g');
const serviceUrl = new RegExp(
  String.raw`\b(${[...knownPorts.keys()].join('|')})://(?:[^\s"'@/]*@)?([^\s"':/?]+)?(?::(\d{1,5}))?`,
  'g',
);
const portOption =
  /(?<!\S)(?:--(?:port|listen-port|http-port)[= ]|(?<!\b(?:node|mkdir) )-p )["']?(\d{2,5})(?!\d)/g;
const portVariable = /(?<![\w-])(?:[A-Z][A-Z0-9_]*_)?PORT=["']?(\d{2,5})(?!\d)/g;
const redirect = /(?:^|[^<>=-])>{1,2}\|?\s*("[^"]+"|'[^']+'|[^\s"'&|;<>()]+)/g;
const outputOption =
  /(?<!\S)(?:--(?:output|out|outfile|out-file|output-file|outputFile|out-dir|outdir|outDir|output-dir|log-file)[= ]|-o )\s*("[^"]+"|'[^']+'|[^\s"'&|;<>()-][^\s"'&|;<>()]*)/g;
const teeCommand =
  /(?<![\w-])tee\s+(?:-a\s+|--append\s+)?("[^"]+"|'[^']+'|[^\s"'&|;<>()-][^\s"'&|;<>()]*)/g;

/** All that a command shows of ports, services and files, each once. */
export function tracesOf(command: string): Trace[] {
  const found = [
    ...[...command.matchAll(serviceUrl)].map(([, scheme = '', host = 'localhost', port]) =>
      address(host, port === undefined ? (knownPorts.get(scheme) ?? 0) : Number(port)),
    ),
    ...[localAddress, portOption, portVariable].flatMap((pattern) =>
      [...command.matchAll(pattern)].map(([, port]) => address('localhost', Number(port))),
    ),
    ...composeServices(command),
    ...[redirect, outputOption, teeCommand].flatMap((pattern) =>
      [...command.matchAll(pattern)].flatMap(([, target = '']) => writtenFile(target)),
    ),
  ];
  return [...new Map(found.map((trace) => [trace.key, trace])).values()];
}

function address(host: string, port: number): Trace {
  if (!localHost.test(host)) {
    const at = `${host}:${port}`;
    const says = joined('', [at]);
    return { key: `address ${at}`, name: nameOf(`${host}-${port}`), says, file: null };
  }
  const service = [...knownPorts].find(([, known]) => known === port)?.[0];
  const says = phrase('port {0}', port);
  return { key: `port ${port}`, name: service ?? `port-${port}`, says, file: null };
}

/** Options of `docker compose` that take the next word. */
const takesWord =
  /^(-f|--file|-p|--project-name|--profile|--env-file|--project-directory|-e|--env|-u|--user|-w|--workdir|-v|--volume|--name|--scale|-t|--timeout|--entrypoint)$/;

function composeServices(command: string): Trace[] {
  const words = command.split(/\s+/);
  return words.flatMap((word, at) => {
    const isPlugin = word === 'docker' && words[at + 1] === 'compose';
    if (!isPlugin && word !== 'docker-compose') return [];
    const [verb, ...names] = plainWords(words.slice(at + (isPlugin ? 2 : 1)));
    if (verb === 'run' || verb === 'exec') return names.slice(0, 1).map(service);
    return verb === 'up' || verb === 'start' || verb === 'restart' ? names.map(service) : [];
  });
}

/** What is no option and no option's value, up to the end of the command. */
function plainWords(words: readonly string[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (/^(&&|\|\|?|;|&)$/.test(word) || /^[<>\d]*[<>]/.test(word)) break;
    if (takesWord.test(word)) at += 1;
    else if (!word.startsWith('-')) found.push(word.replace(/;$/, ''));
    if (word.endsWith(';')) break;
  }
  return found;
}

const service = (name: string): Trace => ({
  key: `service ${name}`,
  name: nameOf(name),
  says: phrase('service {0}', name),
  file: null,
});

/** What cannot be told before the command runs, and what is no file, is left out. */
function writtenFile(target: string): Trace[] {
  const path = target.replace(/^(["'])(.*)\1$/, '$2').replace(/^(\.\/)+/, '');
  if (path === '' || /[$`*?~]/.test(path) || path.startsWith('/dev/')) return [];
  const last = path.replace(/\/+$/, '').split('/').at(-1) ?? path;
  const says = phrase('the file {0}', path);
  return [{ key: `file ${path}`, name: nameOf(last), says, file: path }];
}

/** A text in the form of names. */
function nameOf(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 34)
    .replace(/-+$/, '');
  if (plain === '') return 'shared';
  return isName(plain) ? plain : `r-${plain}`;
}
