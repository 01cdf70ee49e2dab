// `npm run check`: what to run before every commit; `npm test` without its long stages.
import { prepare, requireGit } from './setup.mjs';
import { runStages } from './stages.mjs';

await prepare();
requireGit();
process.exitCode = await runStages({ quickOnly: true });
