import { object, safeParse, type GenericSchema, type InferOutput, type ObjectEntries } from 'valibot';
import type { Action, Narrower } from './model.ts';
import type { Machine } from './ports.ts';

/** What a tool of an agent is about to do with an input, in our words. */
export type Tool = (input: unknown, machine: Machine) => Action;

/** A tool whose input has these fields. Other fields are let be; an input without these cannot be read. */
export function tool<E extends ObjectEntries>(
  entries: E,
  make: (input: InferOutput<ReturnType<typeof object<E>>>, machine: Machine) => Action,
): Tool {
  const schema = object(entries);
  return (input, machine) => {
    const parsed = safeParse(schema as GenericSchema, input);
    if (parsed.success) return make(parsed.output as InferOutput<ReturnType<typeof object<E>>>, machine);
    const [issue] = parsed.issues;
    return {
      kind: 'unreadable',
      why: `an input that is not as it was: ${issue?.path?.map(({ key }) => String(key)).join('.') ?? 'all of it'}`,
      input,
    };
  };
}

/** A tool that touches nothing of anybody's: a list of things to do, a question, a subagent whose own calls are seen. */
export function harmless(what: string): Tool {
  return () => ({ kind: 'harmless', what });
}

/** The tool of that name; what is neither known nor of an MCP server cannot be read. */
export function actionOf(
  name: string,
  input: unknown,
  tools: Readonly<Record<string, Tool>>,
  server: (name: string) => readonly [server: string, tool: string] | undefined,
  machine: Machine,
): Action {
  const known = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (known) return known(input, machine);
  const named = server(name);
  return named
    ? { kind: 'tool', server: named[0], name: named[1], input }
    : { kind: 'unreadable', why: `the tool \`${name}\`, which is not known`, input };
}

/** The same with other fields in the input, and what that would do. */
export function narrowerBy(
  name: string,
  input: unknown,
  fields: Readonly<Record<string, unknown>>,
  tools: Readonly<Record<string, Tool>>,
  machine: Machine,
): Narrower | undefined {
  const known = Object.hasOwn(tools, name) ? tools[name] : undefined;
  if (!known || typeof input !== 'object' || input === null) return undefined;
  const less = { ...input, ...fields };
  return { input: less, action: known(less, machine) };
}
