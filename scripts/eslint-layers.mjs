// A lint rule of this project: imports point one way between the layers of src/.
import { dirname, relative, resolve, sep } from 'node:path';
import { root } from './setup.mjs';

/**
 *     core ← protocol ← { extension, webview }
 *     core ← engine   ← { extension, cli }
 *
 * `packages` and `node` say what a layer may take from outside this project.
 */
const LAYERS = {
  core: { from: [], node: false, packages: () => false },
  protocol: { from: ['core'], node: false, packages: notVscode },
  engine: { from: ['core'], node: true, packages: notVscode },
  webview: { from: ['core', 'protocol'], node: false, packages: notVscode },
  extension: { from: ['core', 'protocol', 'engine'], node: true, packages: () => true },
  cli: { from: ['core', 'engine'], node: true, packages: notVscode },
};

function notVscode(name) {
  return name !== 'vscode';
}

export const layers = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = within(context.filename);
    const [src, name] = file;
    const layer = src === 'src' ? LAYERS[name] : undefined;
    if (src === 'src' && layer === undefined) {
      return {
        Program: (node) => context.report({ node, message: `src/${name} is not a layer.` }),
      };
    }
    const check = (source) => {
      if (layer === undefined || typeof source?.value !== 'string') return;
      const message = refusal(name, layer, file, context.filename, source.value);
      if (message !== undefined) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument?.literal),
    };
  },
};

/** Why a file of this layer may not import this, or undefined if it may. */
function refusal(name, layer, file, filename, specifier) {
  if (specifier.startsWith('.')) {
    const [top, target] = within(resolve(dirname(filename), specifier));
    if (top === 'src' && (target === name || layer.from.includes(target))) return undefined;
    return `src/${name} may import from ${['itself', ...layer.from].join(', ')}, not ${specifier}.`;
  }
  if (specifier.startsWith('node:')) {
    return layer.node ? undefined : `src/${name} runs without Node; it cannot import ${specifier}.`;
  }
  // The plan's schema is the one place in the core that leans on a package.
  if (name === 'core' && specifier === 'zod' && file[2] === 'plan') return undefined;
  return layer.packages(specifier) ? undefined : `src/${name} may not import ${specifier}.`;
}

function within(path) {
  return relative(root, path).split(sep);
}
