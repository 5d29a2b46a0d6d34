import { Disposable, lm, type LanguageModelTool } from 'vscode';
import type { ToolId } from '../../core/contributes.ts';

/** Offers our tools to the models of this editor: every one that package.json promises. */
export const offer = (tools: Readonly<Record<ToolId, LanguageModelTool<unknown>>>): Disposable =>
  Disposable.from(...Object.entries(tools).map(([id, tool]) => lm.registerTool(id, tool)));
