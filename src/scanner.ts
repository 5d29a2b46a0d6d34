import { parentPort, workerData } from 'node:worker_threads';
import { hiddenBy } from './core/hidden.ts';
import { secretFiles } from './secrets/files.ts';
import { detectors } from './secrets/index.ts';
import type { Given } from './system/scan/messages.ts';
import { answering } from './system/scan/worker.ts';

/*
 * Root in the worker that looks for secrets, so that neither the editor nor a hook waits for it. A bundle of its own:
 * secretlint is in no other.
 */

const given = workerData as Given;
if (parentPort)
  answering(parentPort, given, {
    detectors,
    hidden: hiddenBy(secretFiles, given.hidden, given.machine),
  });
