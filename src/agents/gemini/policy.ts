import type { Launch } from '../../core/agent.ts';

/**
 * A policy of Gemini CLI's own, which holds when our hook fails: only what is never right, so that it is not noticed
 * otherwise. What begins a command, as `commandPrefix` has it, was seen to hold in every mode; the rest is by its manual
 * (docs/reference/policy-engine.md, 0.61.0, November 2026).
 */
export function policy({ state }: Launch): string {
  const place = asPattern(state);
  return [
    '# Chaperone: what never runs, also where its hook fails. Made anew when Chaperone is; undone with it.',
    rule(
      { toolName: 'run_shell_command', commandPrefix: wipes },
      'it deletes the whole machine or all of your files',
    ),
    rule(
      {
        toolName: 'run_shell_command',
        commandRegex: `(?:rm|mv|ln|tee|dd|truncate|chmod|chown)\\b.*${place}`,
      },
      'it changes what Chaperone works with',
    ),
    rule(
      { toolName: ['write_file', 'replace'], argsPattern: `"file_path":"${place}` },
      'it changes what Chaperone works with',
    ),
  ].join('\n');
}

/** What begins a command, up to a blank or its end. */
const wipes = ['rm', 'sudo rm'].flatMap(rm =>
  ['-rf', '-fr', '-rf --no-preserve-root'].flatMap(options =>
    ['/', '/*', '~', '$HOME'].map(place => `${rm} ${options} ${place}`),
  ),
);

function rule(conditions: Readonly<Record<string, string | readonly string[]>>, why: string): string {
  const fields = {
    ...conditions,
    decision: 'deny',
    priority: 999,
    denyMessage: `Chaperone: ${why}. Ask the person.`,
  };
  // What JSON makes of a text or a list of texts, TOML reads.
  const lines = Object.entries(fields).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  return `[[rule]]\n${lines.join('')}`;
}

/** A text as it stands in JSON, as a pattern for it. */
function asPattern(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
