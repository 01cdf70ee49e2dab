/** Writes a tree as text, so that a test can say in one line what it expects. */
export function show(node) {
  switch (node.type) {
    case 'literal':
      return JSON.stringify(node.value);
    case 'name':
      return node.name;
    case 'list':
      return `[${all(node.items)}]`;
    case 'unary':
      return `(${node.operator} ${show(node.operand)})`;
    case 'binary':
    case 'logical':
      return `(${show(node.left)} ${node.operator} ${show(node.right)})`;
    case 'call':
      return `${show(node.callee)}(${all(node.arguments)})`;
    case 'index':
      return `${show(node.list)}[${show(node.index)}]`;
    case 'lambda':
      return `fn(${names(node.parameters)}) ${show(node.body)}`;
    case 'function':
      return `fn ${node.name}(${names(node.parameters)}) ${show(node.body)}`;
    case 'let':
      return `let ${node.name} = ${show(node.value)};`;
    case 'assign':
      return `${show(node.target)} = ${show(node.value)};`;
    case 'print':
      return `print ${show(node.value)};`;
    case 'return':
      return node.value ? `return ${show(node.value)};` : 'return;';
    case 'expression':
      return `${show(node.value)};`;
    case 'while':
      return `while ${show(node.condition)} ${show(node.body)}`;
    case 'if':
      return `if ${show(node.condition)} ${show(node.then)}${
        node.else ? ` else ${show(node.else)}` : ''
      }`;
    case 'block':
      return `{ ${node.body.map((statement) => `${show(statement)} `).join('')}}`;
    case 'program':
      return node.body.map(show).join(' ');
    default:
      return `<${node.type}>`;
  }
}

const all = (nodes) => nodes.map(show).join(', ');
const names = (parameters) => parameters.map(({ name }) => name).join(', ');
