import type { OptionSpec, PositionalSpec, VerbSpec } from './verb.ts';
import { verbs } from './verb-table.ts';

/** `ashlar run <plan> [--agents PROVIDER] …` */
export function usageLine({ name, positionals, options }: VerbSpec): string {
  const parts = [
    ...positionals.map(positionalText),
    ...options.map((option) =>
      isRequired(option)
        ? optionText(option)
        : `[${optionText(option)}]${'repeats' in option && option.repeats ? '…' : ''}`,
    ),
  ];
  return ['ashlar', name, ...parts].join(' ');
}

function positionalText({ name, kind, required }: PositionalSpec): string {
  const text = kind === 'text' ? `"<${name}>"` : `<${name}>`;
  return required ? text : `[${text}]`;
}

export const isRequired = (option: OptionSpec): boolean => 'required' in option && option.required;

export function optionText(option: OptionSpec): string {
  switch (option.kind) {
    case 'flag':
      return `--${option.name}`;
    case 'choice':
      return `--${option.name} ${option.choices.join('|')}`;
    case 'text':
    case 'path':
    case 'speed':
    case 'amount':
    case 'whole':
    case 'count':
    case 'scope':
    case 'digest':
    case 'model':
    case 'models':
    case 'url':
      return `--${option.name} ${option.placeholder}`;
  }
}

export function generalHelp(): string {
  const width = Math.max(...verbs.map(({ name }) => name.length));
  return [
    'Builds software with many agents at once: modules are built side by side, judged by',
    "their contracts' tests, sealed, and integrated.",
    '',
    'usage: ashlar [--cwd DIR] <verb> [options]',
    '',
    ...verbs.map(({ name, says }) => `  ${name.padEnd(width)}  ${says}`),
    '',
    '`ashlar <verb> --help` tells more of one. --version prints the version.',
    'Exit code 2 always means that something was wrong with what was asked for.',
    '',
  ].join('\n');
}

export function verbHelp(spec: VerbSpec): string {
  const texts = spec.options.map(optionText);
  const width = Math.max(0, ...texts.map((text) => text.length));
  const options = spec.options.map(
    ({ says }, at) => `  ${(texts[at] ?? '').padEnd(width)}  ${says}`,
  );
  return [
    spec.says,
    '',
    `usage: ${usageLine(spec)}`,
    ...(options.length === 0 ? [] : ['', ...options]),
    '',
    'Exit codes:',
    ...spec.exits.map(([code, means]) => `  ${String(code).padEnd(3)}  ${means}`),
    '  2    it could not be done as asked; stderr says why',
    '',
  ].join('\n');
}
