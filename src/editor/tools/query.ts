import { MarkdownString, type LanguageModelTool, type LanguageModelToolInvocationOptions } from 'vscode';
import { mostRows, usualRows } from '../../core/query.ts';
import { answer, answered } from './answer.ts';

export interface QueryAsked {
  readonly connection: string;
  readonly statement: string;
  readonly limit: number;
}

/**
 * Puts a statement to a database that the person named. What the model sends is checked here, whatever the schema
 * promises; a failure is a sentence for the model.
 */
export function query(
  run: (asked: QueryAsked, signal: AbortSignal) => Promise<string>,
): LanguageModelTool<unknown> {
  return {
    invoke: async ({ input }: LanguageModelToolInvocationOptions<unknown>, token) => {
      const asked = parsed(input);
      return typeof asked === 'string' ? answer(asked) : answered(token, signal => run(asked, signal));
    },
    prepareInvocation: ({ input }) => {
      const asked = parsed(input);
      if (typeof asked === 'string') return { invocationMessage: 'Asking a database' };
      const message = new MarkdownString().appendCodeblock(asked.statement, 'sql');
      return {
        invocationMessage: `Asking the database ${asked.connection}`,
        confirmationMessages: { title: `Ask the database ${asked.connection}?`, message },
      };
    },
  };
}

/** What is wanted, or what is wrong with the input. */
function parsed(input: unknown): QueryAsked | string {
  if (typeof input !== 'object' || input === null) return 'The input is not an object.';
  const { connection, statement, limit = usualRows } = input as Readonly<Record<string, unknown>>;
  if (typeof connection !== 'string') return 'The input has no `connection`.';
  if (typeof statement !== 'string' || !statement.trim()) return 'The input has no `statement`.';
  if (typeof limit !== 'number' || !(Number.isInteger(limit) && limit >= 1 && limit <= mostRows))
    return `\`limit\` is a number of rows from 1 to ${mostRows}.`;
  return { connection, statement, limit };
}
