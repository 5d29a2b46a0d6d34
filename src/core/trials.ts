import type { Trial } from './agent.ts';

/** What shows that a hook works: an ordinary line passes, one that deletes everything does not. */
export function usualTrials(command: string, payload: (line: string) => unknown): readonly Trial[] {
  return [
    { what: 'an ordinary command', command, payload: payload('echo hello'), stops: false },
    { what: 'deleting the machine', command, payload: payload('rm -rf /'), stops: true },
  ];
}

/** The same for a hook that is told of a tool's call as Claude Code tells it. */
export function toolTrials(command: string, event: string, tool: string, cwd: string): readonly Trial[] {
  return usualTrials(command, line => ({
    session_id: 'doctor',
    cwd,
    hook_event_name: event,
    tool_name: tool,
    tool_input: { command: line },
  }));
}
