import { context } from './context.ts';
import { modal } from './modal.ts';
import { statusBar } from './statusBar.ts';
import { tree } from './tree.ts';

/** Where a person is asked. Each draws what waits and answers the queue; none keeps what the queue knows. */
export const surfaces = { context, modal, statusBar, tree };
