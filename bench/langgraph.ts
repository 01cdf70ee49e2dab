import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { places } from './plan.ts';
import type { Shape } from './shapes.ts';

const folder = resolve('build/bench-peers');
const packages = { '@langchain/langgraph': '1.7.3', '@langchain/core': '1.4.0' } as const;

export const version = Object.entries(packages)
  .map(([name, each]) => `${name} ${each}`)
  .join(', ');

/** The part of LangGraph.js that a graph of no-op nodes needs. */
interface LangGraph {
  readonly StateGraph: new (state: unknown) => Builder;
  readonly Annotation: {
    Root(spec: Readonly<Record<string, unknown>>): unknown;
    (channel: { reducer: (a: number, b: number) => number; default: () => number }): unknown;
  };
  readonly START: string;
}

interface Builder {
  addNode(name: string, run: () => Promise<{ readonly done: number }>): Builder;
  addEdge(from: string | readonly string[], to: string): Builder;
  compile(): Compiled;
}

export interface Compiled {
  invoke(
    input: { readonly done: number },
    options: { readonly recursionLimit: number; readonly maxConcurrency: number },
  ): Promise<{ readonly done: number }>;
}

/** Installs it into a folder of the benchmark's own; null where the registry cannot be reached. */
export async function loadLangGraph(): Promise<LangGraph | null> {
  if (!isInstalled()) {
    process.stdout.write(`  installing ${version}\n`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const wanted = Object.entries(packages).map(([name, each]) => `${name}@${each}`);
    const options = ['--no-audit', '--no-fund', '--save-exact', '--loglevel=error'];
    const npm = spawnSync('npm', ['install', '--prefix', folder, ...options, ...wanted], {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
      timeout: 180_000,
    });
    if (npm.status !== 0 || !isInstalled()) return null;
  }
  const entry = createRequire(join(folder, 'package.json')).resolve('@langchain/langgraph');
  return (await import(pathToFileURL(entry).href)) as LangGraph;
}

/** A graph with a node for each module; a node that needs several waits for all of them. */
export function compile({ StateGraph, Annotation, START }: LangGraph, { needs }: Shape): Compiled {
  const done = Annotation({ reducer: (a, b) => a + b, default: () => 0 });
  const graph = new StateGraph(Annotation.Root({ done }));
  const nameOf = (node: number): string => `m-${node}`;
  const ended = Promise.resolve({ done: 1 });
  needs.forEach((_, node) => graph.addNode(nameOf(node), () => ended));
  needs.forEach((on, node) => {
    const [first, ...others] = on.map(nameOf);
    if (first === undefined) graph.addEdge(START, nameOf(node));
    else graph.addEdge(others.length === 0 ? first : [first, ...others], nameOf(node));
  });
  return graph.compile();
}

export async function invoke(compiled: Compiled, modules: number): Promise<void> {
  const limits = { recursionLimit: 2 * modules + 10, maxConcurrency: places };
  const { done } = await compiled.invoke({ done: 0 }, limits);
  if (done !== modules) throw new Error(`${done} of ${modules} nodes ran`);
}

const isInstalled = (): boolean =>
  Object.keys(packages).every((name) => existsSync(join(folder, 'node_modules', name)));
