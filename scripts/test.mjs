// `npm test`: everything, from a fresh clone. The last line counts the tests that ran.
import { prepare, requireGit } from './setup.mjs';
import { runStages } from './stages.mjs';

await prepare();
requireGit();
process.exitCode = await runStages({ quickOnly: false });
