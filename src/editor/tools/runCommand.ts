import { MarkdownString, type LanguageModelTool, type LanguageModelToolInvocationOptions } from 'vscode';
import { answer, answered } from './answer.ts';

export interface CommandAsked {
  readonly command: string;
  /** The longest it may take. */
  readonly seconds: number;
}

/**
 * Runs a command, judged as in a terminal, and masks what it prints. What the model sends is checked here, whatever the
 * schema promises; a failure is a sentence for the model.
 */
export function runCommand(
  run: (asked: CommandAsked, signal: AbortSignal) => Promise<string>,
): LanguageModelTool<unknown> {
  return {
    invoke: async ({ input }: LanguageModelToolInvocationOptions<unknown>, token) => {
      const asked = parsed(input);
      return typeof asked === 'string' ? answer(asked) : answered(token, signal => run(asked, signal));
    },
    prepareInvocation: ({ input }) => {
      const asked = parsed(input);
      const invocationMessage = 'Running a command, masked';
      if (typeof asked === 'string') return { invocationMessage };
      const message = new MarkdownString().appendCodeblock(asked.command, 'sh');
      return { invocationMessage, confirmationMessages: { title: 'Run this command?', message } };
    },
  };
}

/** What is wanted, or what is wrong with the input. */
function parsed(input: unknown): CommandAsked | string {
  if (typeof input !== 'object' || input === null) return 'The input is not an object.';
  const { command, timeout = usual } = input as Readonly<Record<string, unknown>>;
  if (typeof command !== 'string' || !command.trim()) return 'The input has no `command`.';
  if (typeof timeout !== 'number' || !(timeout >= 1 && timeout <= most))
    return `\`timeout\` is a number of seconds from 1 to ${most}.`;
  return { command, seconds: timeout };
}

const usual = 120;
const most = 600;
