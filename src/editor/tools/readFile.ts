import type { LanguageModelTool, LanguageModelToolInvocationOptions } from 'vscode';
import type { Masked } from '../../core/masked.ts';
import { answer } from './answer.ts';

/**
 * Reads a file as an agent may see it: with every credential masked, an env file as the names of its variables. What the
 * model sends is checked here, whatever the schema promises; a failure is a sentence for the model.
 */
export function readFile(read: (path: string) => Promise<Masked>): LanguageModelTool<unknown> {
  return {
    invoke: async ({ input }: LanguageModelToolInvocationOptions<unknown>) => {
      const wanted = parsed(input);
      if (typeof wanted === 'string') return answer(wanted);
      const seen = await read(wanted.path);
      return answer(seen.shows === 'text' ? selected(seen.text, wanted) : seen.why);
    },
    prepareInvocation: ({ input }) => {
      const wanted = parsed(input);
      return { invocationMessage: `Reading ${typeof wanted === 'string' ? 'a file' : wanted.path}, masked` };
    },
  };
}

interface Wanted {
  readonly path: string;
  /** From 1. */
  readonly from: number;
  readonly to: number;
}

/** What is wanted, or what is wrong with the input. */
function parsed(input: unknown): Wanted | string {
  if (typeof input !== 'object' || input === null) return 'The input is not an object.';
  const { filePath, startLine = 1, endLine = Infinity } = input as Readonly<Record<string, unknown>>;
  if (typeof filePath !== 'string' || !/^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(filePath))
    return 'The input has no `filePath` that is absolute.';
  if (!isLine(startLine) || !isLine(endLine)) return '`startLine` and `endLine` are numbers from 1.';
  return { path: filePath, from: startLine, to: endLine };
}

function isLine(value: unknown): value is number {
  return typeof value === 'number' && value >= 1;
}

/** The most lines and characters that a model is handed at once, as its own tool for reading has it. */
const mostLines = 2_000;
const mostCharacters = 60_000;

function selected(text: string, { from, to }: Wanted): string {
  const lines = text.split('\n');
  const last = Math.min(to, from + mostLines - 1, lines.length);
  const shown = lines
    .slice(from - 1, last)
    .join('\n')
    .slice(0, mostCharacters);
  return last < lines.length ? `${shown}\n(lines ${from} to ${last} of ${lines.length})` : shown;
}
