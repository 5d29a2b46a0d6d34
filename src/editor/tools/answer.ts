import { LanguageModelTextPart, LanguageModelToolResult, type CancellationToken } from 'vscode';

/** A text, as a tool hands it to its model. */
export function answer(text: string): LanguageModelToolResult {
  return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
}

/** Hands on what comes of the work, which is told when the person has taken it back. */
export async function answered(
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<string>,
): Promise<LanguageModelToolResult> {
  const ending = new AbortController();
  const listening = token.onCancellationRequested(() => ending.abort());
  try {
    return answer(await work(ending.signal));
  } finally {
    listening.dispose();
  }
}
