/** `node --test …` taken apart, so that a reporter can be put in and files can be named. */
export interface NodeTestCommand {
  /** Assignments before the command: `NO_DB=1 node --test`. */
  readonly env: Readonly<Record<string, string>>;
  /** The program: `node`, or a path that ends in it. */
  readonly program: string;
  /** Options without `--test` and without reporters of the plan's own. */
  readonly options: readonly string[];
  /** Files, folders and patterns, as written; empty: wherever Node looks by itself. */
  readonly targets: readonly string[];
}

/** Options of Node whose value may stand in the next word. */
const takesValue = new Set([
  ...['-r', '--require', '--import', '--loader', '--experimental-loader', '-C', '--conditions'],
  ...['--env-file', '--env-file-if-exists', '--test-concurrency', '--test-timeout', '--test-shard'],
  ...['--test-name-pattern', '--test-skip-pattern', '--test-isolation', '--test-coverage-include'],
  ...['--test-coverage-exclude', '--test-global-setup', '--stack-trace-limit', '--title'],
]);
const reporterOption = /^--test-reporter(-destination)?(=|$)/;

/**
 * Takes a command line apart if it is one plain call of `node --test`; null for everything that a
 * shell would have to understand (pipes, lists, substitutions) and for every other program. There
 * a report can still be asked for, but neither its files be chosen nor its exit code be foretold.
 */
export function parseNodeTest(line: string): NodeTestCommand | null {
  const words = splitWords(line);
  if (words === null) return null;
  const assignments = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  if (assignments === -1) return null;
  const [program = '', ...rest] = words.slice(assignments);
  if (!/(^|\/)node$/.test(program)) return null;
  const { options, targets } = sortArguments(rest);
  if (!options.includes('--test')) return null;
  const env = words.slice(0, assignments).map((word) => {
    const equals = word.indexOf('=');
    return [word.slice(0, equals), word.slice(equals + 1)] as const;
  });
  if (env.some(([name]) => name === 'NODE_OPTIONS')) return null;
  return {
    env: Object.fromEntries(env),
    program,
    options: options.filter((option) => option !== '--test'),
    targets,
  };
}

function sortArguments(words: readonly string[]): { options: string[]; targets: string[] } {
  const options: string[] = [];
  const targets: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') {
      targets.push(...words.slice(index + 1));
      break;
    }
    const next = words[index + 1];
    if (reporterOption.test(word)) {
      if (!word.includes('=')) index += 1;
    } else if (takesValue.has(word) && next !== undefined) {
      options.push(word, next);
      index += 1;
    } else (word.startsWith('-') ? options : targets).push(word);
  }
  return { options, targets };
}

/** The words of a line that needs no shell; null where it does. */
function splitWords(line: string): string[] | null {
  const words: string[] = [];
  const token = /\s+|'([^']*)'|"((?:[^"\\$`!]|\\["\\$`])*)"|\\([^\n])|([^\s'"\\;&|<>()$`#~!{}]+)/gy;
  let word: string | null = null;
  const text = line.trim();
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) return null;
    const [whole, single, double, escaped, bare] = match;
    if (whole.includes('\n') && single === undefined) return null;
    const part = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? bare;
    if (part === undefined) {
      words.push(word ?? '');
      word = null;
    } else word = (word ?? '') + part;
  }
  if (word !== null) words.push(word);
  return words;
}
