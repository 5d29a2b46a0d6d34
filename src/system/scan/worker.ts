import type { MessagePort } from 'node:worker_threads';
import type { Detector } from '../../core/detector.ts';
import type { HiddenBy } from '../../core/hidden.ts';
import { filesBelow } from './files.ts';
import { look } from './look.ts';
import type { Answer, Given, Looked, Request } from './messages.ts';
import { textOfFile } from './read.ts';
import { secondOpinion } from './secretlint.ts';

/** The tables a worker finds by. */
export interface Tables {
  readonly detectors: readonly Detector[];
  readonly hidden: HiddenBy;
}

/** Answers requests, one after the other, for as long as the worker lives. */
export function answering(port: MessagePort, given: Given, tables: Tables): void {
  let last = Promise.resolve();
  const say = (answer: Answer) => port.postMessage(answer);
  port.on('message', (request: Request) => {
    last = last.then(() => answered(request, given, tables, say)).then(() => say({ is: 'end' }));
  });
  say({ is: 'ready' });
}

async function answered(
  request: Request,
  { machine, key, alone }: Given,
  { detectors, hidden }: Tables,
  say: (answer: Answer) => void,
): Promise<void> {
  const named = (path: string) => hidden(path) !== undefined;
  switch (request.do) {
    case 'list':
      for await (const part of filesBelow({ ...request, machine, named })) say({ is: 'listed', ...part });
      return;
    case 'read':
      for (const file of request.files) say({ is: 'looked', file, ...(await inFile(file)) });
      return;
    case 'text': {
      const { file, text } = request;
      say({ is: 'looked', file, bytes: Buffer.byteLength(text), ...(await inText(file, text)) });
      return;
    }
  }

  async function inFile(file: string): Promise<Looked> {
    const read = textOfFile(file, named(file));
    if ('skip' in read) return { secrets: [], bytes: 0, skip: read.skip };
    return { bytes: read.bytes, ...(await inText(file, read.text)) };
  }

  function inText(file: string, text: string) {
    return look(file, text, {
      detectors,
      key,
      found: secrets => say({ is: 'found', file, secrets }),
      ...(!alone && { second: secondOpinion }),
    });
  }
}
