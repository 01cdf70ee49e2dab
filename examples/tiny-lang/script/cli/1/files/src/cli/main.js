/** The command line of tiny, without the world: whatever it reads and writes is handed in. */

import { check } from '../checker/index.js';
import { generate } from '../codegen/index.js';
import { SourceError } from '../lexer/index.js';
import { optimize } from '../optimizer/index.js';
import { parse } from '../parser/index.js';
import { run } from '../vm/index.js';
import { disassemble } from './disassemble.js';

const EXIT = { ok: 0, mistakes: 1, usage: 2, runtimeError: 3 };

const COMMANDS = { run: runProgram, check: checkProgram, bytecode: printBytecode };

export function main(args, { read, out, error }) {
  const [command, file] = args;
  if (args.length !== 2 || !Object.hasOwn(COMMANDS, command)) {
    error('usage: tiny run|check|bytecode <file>\n');
    return EXIT.usage;
  }
  let source;
  try {
    source = read(file);
  } catch {
    error(`tiny: cannot read ${file}\n`);
    return EXIT.usage;
  }

  const report = ({ line, column, message }) => error(`${file}:${line}:${column}: ${message}\n`);
  const { program, mistakes } = analyse(source);
  mistakes.forEach(report);
  return mistakes.length > 0 ? EXIT.mistakes : COMMANDS[command](program, { out, report });
}

/** The tree of a program, or what is wrong with it. */
function analyse(source) {
  try {
    const program = parse(source);
    return { program, mistakes: check(program) };
  } catch (error) {
    if (error instanceof SourceError) return { mistakes: [error] };
    throw error;
  }
}

function runProgram(program, { out, report }) {
  const result = run(generate(optimize(program)), { write: out });
  if (result.ok) return EXIT.ok;
  report(result.error);
  return EXIT.runtimeError;
}

function checkProgram(_program, { out }) {
  out('no mistakes\n');
  return EXIT.ok;
}

function printBytecode(program, { out }) {
  out(disassemble(generate(optimize(program))));
  return EXIT.ok;
}
