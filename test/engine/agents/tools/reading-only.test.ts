import { expect, it } from 'vitest';
import type { AgentLink } from '../../../../src/engine/agents/agent.ts';
import { judgingSeat, seatFor } from '../../../../src/engine/agents/model/seat.ts';
import { AgentFiles } from '../../../../src/engine/agents/tools/agent-files.ts';
import { submitTool } from '../../../../src/engine/agents/tools/submit.ts';
import type { ReadingTool } from '../../../../src/engine/agents/tools/tool.ts';
import { readingTools } from '../../../../src/engine/agents/tools/toolboxes.ts';
import { writeFileTool } from '../../../../src/engine/agents/tools/write-file.ts';
import {
  architectTask,
  evaluatorTask,
  integratorTask,
  preconditionTask,
  scoutTask,
} from '../tasks.ts';

it('lets no judge hold a tool that writes or ends, by type', () => {
  const writes = writeFileTool({ folder: '/nowhere', owns: ['**'] });
  // @ts-expect-error a tool that writes
  const writing: readonly ReadingTool[] = [...readingTools(new AgentFiles('/nowhere')), writes];
  // @ts-expect-error a tool that hands in
  const ending: readonly ReadingTool[] = [submitTool()];
  expect([...writing, ...ending]).toHaveLength(5);

  const boxes: readonly (readonly ReadingTool[])[] = [
    judgingSeat(evaluatorTask()).tools,
    judgingSeat(integratorTask()).tools,
  ];
  expect(boxes.flat().map(({ effect }) => effect)).toEqual(boxes.flat().map(() => 'reads'));
});

it('lets nobody who plans a goal do more than look', () => {
  const link = {} as AgentLink;
  for (const task of [scoutTask(), preconditionTask(), architectTask()]) {
    const { tools, answer } = seatFor(task, link);
    expect(tools.map(({ effect }) => effect)).toEqual(['reads', 'reads', 'reads']);
    expect(answer).not.toBeNull();
  }
});
