import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../../../src/engine/plan/diagnostic.ts';
import { checkFiles } from '../../../src/engine/plan/holds.ts';
import { loadPlan } from '../../../src/engine/plan/load.ts';

const plans = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.plan.yaml') && !path.includes('.ce-workspace'))
  // Cases are told by exit codes, and one of them is there to be refused: `test/examples` knows which.
  .filter((path) => !path.startsWith('cases'))
  .map((path) => join('examples', path));

describe('a plan that is shipped', () => {
  it.each(plans)('%s is fit, and so are its files', (path) => {
    const folder = join(path, '..');
    const { plan, diagnostics, locate } = loadPlan(readFileSync(path, 'utf8'), path);
    // Whether work may begin on a stub is for whoever writes the plan to say.
    const wrong = diagnostics.filter(({ code }) => code !== 'could-be-soft');
    expect(wrong.map(formatDiagnostic)).toEqual([]);
    const issues = checkFiles(plan!, {
      list: () =>
        readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) =>
            relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'),
          ),
      read: (file) =>
        existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : null,
      submodules: [],
      lfs: [],
    });
    expect(locate(issues).map(formatDiagnostic)).toEqual([]);
  });
});
