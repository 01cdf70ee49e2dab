import { onePage } from '../../../core/projections/safe-text.ts';
import type { ContractAuthorTask, SplitterTask } from '../task.ts';
import { commandsPart, evidencePart, header, insightParts, whereContract } from './parts.ts';
import { assemblePrompt, data, words, type Part, type Prompt } from './prompt.ts';
import { rolePrompts } from './role-prompts.ts';

export function contractAuthorPrompt(task: ContractAuthorTask): Prompt {
  const { module, version, draft, purpose, owns, paths, checks, needs, reason, evidence } = task;
  const parts: Part[] = [
    header({
      ...{ Role: 'contract author', Module: module, Version: version, Draft: draft },
      ...whereContract(paths),
      'What a builder will write': owns.join(', '),
    }),
    data(`purpose of ${module}`, onePage(purpose)),
    words('How its tests are run:'),
    commandsPart(checks),
    words(version === 1 ? 'Why it is needed:' : 'Why a new version is needed:'),
    data('reason', onePage(reason)),
  ];
  if (evidence.length > 0) {
    parts.push(words('What is held against what was there before:'), evidencePart(evidence));
  }
  parts.push(...insightParts(task));
  const needed = needs.map((need) => ({
    label: `contract of ${need.module}, which ${module} needs; its stub: ${need.stub.join(', ')}`,
    contract: need.contract,
  }));
  return assemblePrompt({
    role: rolePrompts.contractAuthor,
    sources: task.sources,
    contracts: needed,
    task: parts,
  });
}

export function splitterPrompt(task: SplitterTask): Prompt {
  const { module, purpose, contract, owns, checks, reason, evidence } = task;
  const parts: Part[] = [
    header({ Role: 'architect', Module: module, 'Paths to divide': owns.join(', ') }),
    data(`purpose of ${module}`, onePage(purpose)),
    words('Its checks:'),
    commandsPart(checks),
    words('Why it is to be cut:'),
    data('reason', onePage(reason)),
  ];
  if (evidence.length > 0) parts.push(words('What is known of it:'), evidencePart(evidence));
  parts.push(...insightParts(task));
  return assemblePrompt({
    role: rolePrompts.splitter,
    sources: task.sources,
    contracts: [{ label: `contract of ${module}`, contract }],
    task: parts,
  });
}
