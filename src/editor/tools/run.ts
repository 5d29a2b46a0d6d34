import { MarkdownString, type LanguageModelTool, type LanguageModelToolInvocationOptions } from 'vscode';
import { wanted } from '../../core/origin.ts';
import { answer, answered } from './answer.ts';

export interface RunAsked {
  readonly command: string;
  /** `NAME` or `NAME=SOURCE`. */
  readonly secrets: readonly string[];
}

/**
 * Runs a command with secrets that the model does not see. What the model sends is checked here, whatever the schema
 * promises; a failure is a sentence for the model.
 */
export function runWithSecrets(
  run: (asked: RunAsked, signal: AbortSignal) => Promise<string>,
): LanguageModelTool<unknown> {
  return {
    invoke: async ({ input }: LanguageModelToolInvocationOptions<unknown>, token) => {
      const asked = parsed(input);
      if (typeof asked === 'string') return answer(asked);
      return answered(token, signal => run(asked, signal));
    },
    prepareInvocation: ({ input }) => {
      const asked = parsed(input);
      if (typeof asked === 'string') return { invocationMessage: 'Running a command with secrets' };
      const names = asked.secrets.join(', ');
      return {
        invocationMessage: `Running a command with ${names}, unseen`,
        confirmationMessages: {
          title: `Run a command with ${names}?`,
          message: new MarkdownString().appendCodeblock(asked.command, 'sh'),
        },
      };
    },
  };
}

/** What is wanted, or what is wrong with the input. */
function parsed(input: unknown): RunAsked | string {
  if (typeof input !== 'object' || input === null) return 'The input is not an object.';
  const { command, secrets } = input as Readonly<Record<string, unknown>>;
  if (typeof command !== 'string' || !command.trim()) return 'The input has no `command`.';
  const names =
    Array.isArray(secrets) && secrets.every((it): it is string => typeof it === 'string') ? secrets : [];
  if (!names.length || !names.every(it => wanted(it)))
    return '`secrets` is a list of names of variables, such as ["DATABASE_URL"] or ["DATABASE_URL=.env.staging"].';
  return { command, secrets: [...new Set(names)] };
}
