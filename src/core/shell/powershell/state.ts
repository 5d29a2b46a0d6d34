import type { Parameter } from './tree.ts';
import type { Body, Source, Value } from './values.ts';

/** Functions call each other to this depth. */
export const deepestCall = 8;

/** Where a walk stands. */
export interface State {
  cwd: string;
  variables: Map<string, Value>;
  places: string[];
  /** How many branches deep: what is assigned there may or may not hold afterwards. */
  branch: number;
  source: Source;
}

export interface Function {
  readonly parameters: readonly Parameter[];
  readonly body: Body;
}

export function copy(state: State): State {
  return { ...state, variables: new Map(state.variables), places: [...state.places] };
}
