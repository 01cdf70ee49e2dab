import { expect, it, onTestFinished } from 'vitest';
import { BoardPage } from './support/board.ts';
import { Editor, unprovided, type EditorOptions } from './support/editor.ts';
import { fast, latestRun, seals, slow, writeLong } from './support/long-run.ts';

async function started(options: EditorOptions): Promise<Editor> {
  const editor = await Editor.start(options);
  onTestFinished(() => editor[Symbol.asyncDispose]());
  return editor;
}

it.skipIf(unprovided() !== '')(
  'a run whose editor was killed is offered once by the next one, and goes on from its seals',
  async () => {
    const place = await started({ settings: slow });
    const folder = await place.emptyFolder();
    writeLong(folder);
    const former = await place.open(folder);
    await former.command('Ashlar: Run Plan…');
    await new BoardPage(former).reaches('beta', 'Sealed');
    await place.kill();
    await former.close();
    const before = await latestRun(folder);
    expect(seals(before)).toEqual(['alpha', 'beta']);

    const editor = await started({ settings: fast });
    const window = await editor.open(folder);
    const offers = window.page.locator('.notification-list-item', { hasText: 'was interrupted' });
    await offers.first().waitFor();
    const side = await window.openSideBar();
    await side.getByRole('status').filter({ hasText: 'Interrupted' }).waitFor();
    await window.page.mouse.move(250, 10);
    await window.page.locator('.monaco-hover:visible').waitFor({ state: 'detached' });
    await window.screenshot('interrupted');
    expect(await offers.count()).toBe(1);
    await side.getByText('Nothing that was sealed is lost').waitFor();
    await side.getByRole('button', { name: 'Go on' }).last().click();

    await window.command('Ashlar: Open Board');
    const board = new BoardPage(window);
    await board.reaches('gamma', 'Sealed');
    for (const gate of [/^early/, /^ship/]) {
      const need = side.getByRole('article', { name: gate });
      await need.getByRole('button', { name: 'Approve', exact: true }).click();
    }
    await board.says('Complete');
    const after = await latestRun(folder);
    expect(after.run).toBe(before.run);
    expect(seals(after)).toEqual(['alpha', 'beta', 'gamma']);
    expect(after.events.slice(0, before.events.length)).toEqual(before.events);
    const built = after.events
      .slice(before.events.length)
      .flatMap((each) => (each.type === 'generation-started' ? [each.module] : []));
    expect(built).toContain('gamma');
    expect(built).not.toContain('alpha');
    expect(built).not.toContain('beta');
  },
);
