import { forAgent } from './explain.ts';
import type { Narrower, Reply, Ruling } from './model.ts';

/*
 * The dialect of hooks that Claude Code began and others took over: JSON on standard output, exit 0
 * (code.claude.com/docs/en/hooks; observed with Claude Code 2.1.330 and VS Code 1.139, November 2026).
 */

/** No objection: nothing at all. An `allow` would skip the agent's own prompts. */
export const silence: Reply = { stdout: '', stderr: '', exit: 0 };

/** A ruling as the answer to `PreToolUse`. Only a person's yes is worded as one: they need not be asked again. */
export function preToolUse(ruling: Ruling): Reply {
  if (ruling.outcome === 'refused') return denial(forAgent(ruling));
  if (ruling.narrowed) return lessened(ruling.narrowed);
  return ruling.by === 'person' || ruling.by === 'grant'
    ? decided('allow', 'A person said yes in Chaperone.')
    : silence;
}

/**
 * Yes to less than was asked for. Only with a yes is the input sure to be replaced, and a search is nothing that either
 * agent would ask about (code.claude.com/docs/en/hooks; VS Code 1.139, observed November 2026).
 */
function lessened(updatedInput: Narrower['input']): Reply {
  const said = 'Chaperone left out of this search what would have shown files that are hidden from agents.';
  return json({
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'allow',
      permissionDecisionReason: said,
      updatedInput,
      additionalContext: said,
    },
  });
}

/** A no to `PreToolUse`. Some agents ignore a no without a reason. */
export function denial(reason: string): Reply {
  return decided('deny', reason);
}

function decided(permissionDecision: 'allow' | 'deny', permissionDecisionReason: string): Reply {
  return json({
    hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason },
  });
}

/** A ruling as the answer to `PermissionRequest`. */
export function permissionRequest(ruling: Ruling): Reply {
  return ruling.outcome === 'refused' ? refusedRequest(forAgent(ruling)) : silence;
}

export function refusedRequest(message: string): Reply {
  return json({
    hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'deny', message } },
  });
}

function json(value: unknown): Reply {
  return { stdout: JSON.stringify(value), stderr: '', exit: 0 };
}
