import { Disposable, lm, type LanguageModelTool } from 'vscode';
import type { ToolId } from '../../core/contributes.ts';

/** Offers our tools to the models of this editor: every one that package.json promises. An editor that knows none gets none. */
export const offer = (tools: Readonly<Record<ToolId, LanguageModelTool<unknown>>>): Disposable =>
  Disposable.from(
    ...(takesTools() ? Object.entries(tools).map(([id, tool]) => lm.registerTool(id, tool)) : []),
  );

/** Forks lag behind VS Code, and may have no such function or no models at all. */
function takesTools(): boolean {
  const models = lm as Partial<typeof lm> | undefined;
  return typeof models?.registerTool === 'function';
}
