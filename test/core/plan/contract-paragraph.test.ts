import { describe, expect, it } from 'vitest';
import { hasContractParagraph } from '../../../src/core/plan/contract-paragraph.ts';

const prose = 'Takes a text and gives its tokens, each with its place.';

describe('a contract holds a paragraph', () => {
  it.each([
    ['of prose', prose],
    ['below a heading', `# Lexer\n\n${prose}\n`],
    ['over several lines', 'Takes a text\nand gives its tokens,\neach with its place.'],
    ['with Windows line ends', `# Lexer\r\n\r\n${prose}\r\n`],
    ['behind front matter', `---\ntitle: Lexer\n---\n${prose}`],
    ['between code', `\`\`\`js\nx\n\`\`\`\n${prose}\n~~~\ny\n~~~\n`],
    ['that starts with emphasis', `**Lexer** ${prose}`],
    ['after a list', `- one\n- two\n\n${prose}`],
    [
      'in another script',
      '入力の文字列を受け取り、位置を持つトークンの列を返す。誤りがあればその位置と理由を返す。',
    ],
  ])('%s', (_, text) => {
    expect(hasContractParagraph(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a short one', 'Takes text.'],
    ['two short ones', 'Takes a text, any text.\n\nGives its tokens.'],
    ['a heading', `# ${prose}`],
    ['an underlined heading', `${prose}\n=====\n`],
    ['a list', `- ${prose}\n  ${prose}\n1. ${prose}`],
    ['a quotation', `> ${prose}`],
    ['a table', `| ${prose} |\n| --- |`],
    ['fenced code', `\`\`\`\n${prose}\n\`\`\``],
    ['code that never ends', `\`\`\`\n${prose}`],
    ['indented code', `    ${prose}`],
    ['a comment', `<!-- ${prose}\n\n${prose} -->`],
    ['front matter', `---\npurpose: ${prose}\n---\n`],
    ['spaces', ' '.repeat(100)],
  ])('not: %s', (_, text) => {
    expect(hasContractParagraph(text)).toBe(false);
  });
});
